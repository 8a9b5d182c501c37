"""Free wording of facts, written apart from the checker and never used to tune it.

Each row: predicate, and a sentence in an investigator's own words. Slots name a role and a way to
write it: `{total:usd}` $47,300; `{total:cents}` $47,300.00; `{total:code}` USD 47,300;
`{total:words}`; `{first:long}` March 4, 2026; `{first:day}` March 4; `{first:euro}` 4 March 2026;
`{first:iso}`; `{first:us}` 03/04/2026; `{count:word}` five; `{count:digit}`; `{share:sign}` 95%;
`{x:raw}` as recorded; `{party:last}` the last word of a name.
"""

PARAPHRASES: tuple[tuple[str, str], ...] = (
    ("structuring", "Account activity shows that {party:raw} deposited {total:usd} in currency over "
                    "the period from {first:long} through {last:long}, in {count:word} separate "
                    "transactions."),
    ("structuring", "A total of {count:digit} cash deposits, adding up to {total:code}, posted to "
                    "account {account:raw} between {first:day} and {last:long}."),
    ("structuring", "From {first:iso} to {last:iso} the account holder brought in {total:cents} in "
                    "cash, spread over {count:word} deposits."),
    ("structuring", "None of the {count:word} deposits reached {threshold:usd}; the smallest was "
                    "{min:usd} and the largest {max:usd}."),
    ("structuring", "Mr. {party:last} visited {places:word} branches and lodged {total:words} in "
                    "cash."),
    ("structuring", "{count:word} deposits of currency, individually ranging from {min:usd} to "
                    "{max:usd}, were credited to account {account:raw}."),
    ("structuring", "The deposits began on {first:euro} and ended on {last:euro} and came to "
                    "{total:usd} overall."),
    ("cash_place", "At the {place:raw} branch, {count:word} deposits amounting to {total:usd} were "
                   "accepted."),
    ("cash_place", "{place:raw} took in {total:usd} in cash across {count:digit} visits."),
    ("credit", "A deposit of {amount:usd} was made on {date:long} at {place:raw}."),
    ("credit", "On {date:us} the customer paid {amount:cents} in at {place:raw}."),
    ("credit", "{amount:code} arrived in cash on {date:euro}."),
    ("debit", "An outgoing wire of {amount:usd} to {counterparty:raw} was processed on "
              "{date:long}."),
    ("debit", "{counterparty:raw} was paid {amount:cents} on {date:iso}."),
    ("debit", "On {date:euro}, {amount:code} was wired out to {counterparty:raw}, which is located "
              "in {country:raw}."),
    ("pass_through", "Of the {credited:usd} received, {debited:usd} ({share:sign}) had left account "
                     "{account:raw} {within:raw} later."),
    ("pass_through", "{share:sign} of the incoming {credited:usd} was transferred onward within "
                     "{within:raw}."),
    ("pass_through", "The account of {party:raw} was credited with {credited:usd} and debited with "
                     "{debited:usd} by {last:long}."),
    ("transfers_to", "{count:word} outgoing transfers for a combined {total:usd} benefited "
                     "{counterparty:raw} in {country:raw}."),
    ("transfers_to", "{counterparty:raw} received {total:cents} from account {account:raw} in "
                     "{count:digit} payments."),
    ("transfers_to", "Between {first:long} and {last:long}, {total:code} was sent to "
                     "{counterparty:raw}."),
    ("exceeds_expected", "In {month:long} the customer's credits reached {measured:usd}, while "
                         "{expected:usd} a month had been declared."),
    ("exceeds_expected", "Actual credits for {month:long} were {multiple:raw} times the anticipated "
                         "{expected:usd}."),
    ("exceeds_expected", "The {measured:cents} credited in {month:long} far exceeds the expected "
                         "{expected:cents}."),
    ("expected_monthly", "At onboarding on {stated:long}, {party:raw} projected monthly credits of "
                         "{amount:usd}."),
    ("expected_monthly", "The stated monthly turnover is {amount:code}."),
    ("customer", "{party:raw}, a {occupation:raw}, has banked with the institution since "
                 "{since:long}."),
    ("customer", "The relationship with {party:raw} dates back to {since:euro}."),
    ("account", "{party:raw} opened account {account:raw} on {opened:long}."),
    ("account", "The account, number {account:raw}, belongs to {party:raw}."),
    ("alert", "The monitoring system generated alert {alert:raw} on {date:long}."),
    ("screened", "Screening of {count:word} parties against the {list:raw} list dated {date:long} "
                 "produced no matches."),
    ("fan_in", "{count:digit} unrelated senders remitted {total:usd} to account {account:raw} "
               "between {first:long} and {last:long}."),
    ("fan_in", "Funds totalling {total:usd} came from {count:word} different individuals."),
    ("activity", "Total credits were {credits:usd} ({credit_count:digit} entries) and total debits "
                 "{debits:usd} ({debit_count:digit} entries)."),
    ("owner", "{party:raw} is the beneficial owner of {share:sign} of {company:raw}."),
    ("owner", "{company:raw} is owned {share:sign} by {party:raw}."),
    ("hit", "A possible match with {entry:raw} on the {list:raw} list scored {score:sign}."),
    ("within_expected", "Credits in {month:long} amounted to {measured:usd}, below the declared "
                        "{expected:usd}."),
    ("same_season", "In the same month a year earlier credits stood at {previous:usd}; this time "
                    "they were {measured:usd}."),
)  # fmt: skip

REMARKS: tuple[str, ...] = (
    "The customer has not yet responded to the request for information.",
    "No supporting invoices were provided.",
    "The reviewer compared the activity with that of similar businesses.",
    "It remains unclear why the funds were moved so quickly.",
    "The branch manager described the customer as cooperative.",
    "Further review is recommended.",
    "The institution will continue to monitor the account.",
    "The explanation offered by the customer could not be verified.",
)
"""What investigators add without a value: none of it may be held, none may pass as supported."""
