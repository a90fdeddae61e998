from partnerwijzer.surveys import sheets


def test_a_sheet_belongs_to_its_survey_only():
    sheet = sheets.new("K4M7RD")

    assert sheets.belongs(sheet, "K4M7RD")
    assert not sheets.belongs(sheet, "K4M7RX")
    assert not sheets.belongs(sheet + "x", "K4M7RD")
    assert not sheets.belongs("", "K4M7RD")
    assert not sheets.belongs("K4M7RD.zelfgemaakt", "K4M7RD")


def test_no_two_sheets_are_alike_and_the_mark_does_not_show_them():
    one, two = sheets.new("K4M7RD"), sheets.new("K4M7RD")

    assert one != two
    assert sheets.mark_of(one) != sheets.mark_of(two)
    assert "K4M7RD" not in sheets.mark_of(one)
