"""The model seam: one Protocol, three ways to fill it, one owner of the weights."""
