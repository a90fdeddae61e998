"""Where the invented towns of the demo lie, as if they were hamlets: by the postcode next door.

Real postcodes give the map and the distances of the demo something to show.
"""

POSTCODES = {
    "Veerdegem": "9620",
    "Oostmaarle": "9700",
    "Lindermeer": "9600",
    "Bovenveld": "9660",
    "Klei-Aarde": "9500",
}
