"""Organisers and events of UiTdatabank (publiq) as partners and offers."""
