"""What stands in the README of an extract: both languages, since the file leaves the house."""

ABOUT = """Samverk: uttag för utvärdering / extract for evaluation

Uttaget / taken on: {day}
Personer / people: {people}
Grund / basis: {basis}

Uppgifterna saknar namn, nummer, datum och fri text. De handlar ändå om enskilda människor: den som redan vet mycket
om någon kan känna igen hen. Uppgifterna är personuppgifter. Lägg dem där bara den som utvärderar kommer åt dem,
lämna dem inte vidare, para inte ihop dem med andra register utan rätt till det, och radera dem när arbetet är klart.
Visa inga grupper med färre än fem personer.

The data hold no name, number, date or free text. They are about people all the same: whoever knows much about somebody
may recognise her. They are personal data. Keep them where only the evaluator reaches them, do not pass them on, do not
link them to other registers without a right to, and erase them when the work is done. Show no group of fewer than five.

Dagar räknas från dagen då personen började: den är dag 0. En stoppdag räknas inte med. Det som pågår är berättat till
och med ett helt antal kvartal (91 dagar) från start. Kolumnerna förklaras i codebook.csv.
Days count from the day on which the person started: it is day 0. A stop day does not count. What is under way is told
up to a whole number of quarters (91 days) from the start. The columns are explained in codebook.csv.

"""
