"""Free wording of facts, written apart from the checker.

`SEEN` was measured once and then used to mend the checker; `HELD_OUT` was written after that and is
only measured.

Each row: predicate, and a sentence in an investigator's own words. Slots name a role and a way to
write it: `{total:usd}` $47,300; `{total:cents}` $47,300.00; `{total:code}` USD 47,300;
`{total:words}`; `{first:long}` March 4, 2026; `{first:day}` March 4; `{first:euro}` 4 March 2026;
`{first:iso}`; `{first:us}` 03/04/2026; `{count:word}` five; `{count:digit}`; `{share:sign}` 95%;
`{x:raw}` as recorded; `{party:last}` the last word of a name.
"""

SEEN: tuple[tuple[str, str], ...] = (
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

HELD_OUT: tuple[tuple[str, str], ...] = (
    ("structuring", "Cash was paid in {count:word} times between {first:euro} and {last:euro}, "
                    "{total:code} altogether."),
    ("structuring", "The subject's {count:word} cash deposits sum to {total:cents}; no single one "
                    "was above {max:usd}."),
    ("structuring", "{total:usd} in currency went into account {account:raw} during {first:long} to "
                    "{last:long}."),
    ("structuring", "In all, {party:raw} handed over {total:usd} in notes at {places:digit} "
                    "locations."),
    ("structuring", "Deposits varied between {min:cents} and {max:cents}, just under the "
                    "{threshold:cents} reporting limit."),
    ("cash_place", "{count:word} of the cash deposits, worth {total:usd}, were made in person at "
                   "{place:raw}."),
    ("cash_place", "The branch at {place:raw} recorded {count:digit} cash deposits ({total:cents})."),
    ("credit", "The account was credited with {amount:usd} in cash on {date:euro}."),
    ("credit", "{date:long}: cash deposit of {amount:cents} at {place:raw}."),
    ("credit", "Another cash deposit, for {amount:code}, followed on {date:iso}."),
    ("debit", "On {date:long} {amount:usd} was sent by wire to {counterparty:raw}, {country:raw}."),
    ("debit", "A wire for {amount:cents} to {counterparty:raw} left the account on {date:us}."),
    ("debit", "{counterparty:raw} in {country:raw} was the recipient of {amount:usd} on "
              "{date:long}."),
    ("pass_through", "{credited:cents} came into the account and {debited:cents} went out again "
                     "within {within:raw}."),
    ("pass_through", "Nearly all the money moved on quickly: {share:sign} was gone after "
                     "{within:raw}."),
    ("pass_through", "Outgoing transfers of {debited:usd} followed incoming funds of "
                     "{credited:usd}."),
    ("transfers_to", "Payments to {counterparty:raw} in {country:raw} totalled {total:usd} "
                     "({count:digit} transfers)."),
    ("transfers_to", "{counterparty:raw} got {count:word} transfers between {first:long} and "
                     "{last:long}, worth {total:usd} in total."),
    ("transfers_to", "The customer moved {total:code} to {counterparty:raw}."),
    ("exceeds_expected", "At {measured:usd}, credits in {month:long} were {multiple:raw} times what "
                         "the customer had declared ({expected:usd})."),
    ("exceeds_expected", "The customer declared {expected:usd} a month but received {measured:usd} "
                         "in {month:long}."),
    ("within_expected", "The {measured:usd} received in {month:long} is within the expected "
                        "{expected:usd}."),
    ("same_season", "Credits were {measured:usd} in {month:long}, compared with {previous:usd} a "
                    "year before."),
    ("expected_monthly", "According to the account-opening form of {stated:long}, monthly credits "
                         "of {amount:usd} were expected."),
    ("customer", "{party:raw} (occupation: {occupation:raw}) became a customer on {since:long}."),
    ("customer", "Born on {birth:long}, {party:raw} works as a {occupation:raw}."),
    ("account", "The customer maintains account {account:raw}, which was opened on {opened:euro}."),
    ("alert", "Review was triggered by alert {alert:raw} of {date:long}."),
    ("prior_cases", "There were {count:word} earlier cases concerning {party:raw}."),
    ("screened", "{count:word} names were checked against {list:raw} ({date:long}) and none matched."),
    ("fan_in", "The account took in {total:usd} from {count:digit} senders."),
    ("activity", "Incoming entries: {credit_count:digit}, {credits:usd}; outgoing entries: "
                 "{debit_count:digit}, {debits:usd}."),
    ("owner", "{share:sign} of the shares in {company:raw} are held by {party:raw}."),
    ("control", "Control over {company:raw} is exercised by {party:raw}."),
    ("hit", "{party:raw} produced a {score:sign} match with {entry:raw} ({list:raw})."),
    ("document_identity", "{party:raw} presented passport {number:raw}, valid until {expiry:long}."),
    ("attribute_agrees", "{count:word} sources give the same {attribute:raw} for {party:raw}."),
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
