"""What everybody may know of the demo's accounts. `serve` refuses a public address beside them."""

PASSWORD = "partnerwijzer-demo"  # noqa: S105 -- meant to be known
