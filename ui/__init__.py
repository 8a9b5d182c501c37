"""The reviewer desk: screens show what the API says and send what a person decides."""
