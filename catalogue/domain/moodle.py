"""The table by which Moodle takes and gives competency frameworks (tool_lpimportcsv): its words."""

# Moodle goes by the order, and its own export prints these heads.
HEADS = (
    "Parent ID number",
    "ID number",
    "Short name",
    "Description",
    "Description format",
    "Scale values",
    "Scale configuration",
    "Rule type (optional)",
    "Rule outcome (optional)",
    "Rule config (optional)",
    "Cross-referenced competency ID numbers",
    "Exported ID (optional)",
    "Is framework",
    "Taxonomy",
)
PARENT, ID_NUMBER, SHORT_NAME, DESCRIPTION = 0, 1, 2, 3
IS_FRAMEWORK = 12
# A short name is cut off there by Moodle; a longer one is repeated whole in the description.
SHORT_NAME_CHARACTERS = 100
HTML_FORMAT = "1"
LEVEL = "Cấp độ"
WHOLE_NAME, AUDIENCE, SINCE, UNTIL = "Tên đầy đủ", "Nhóm vị trí việc làm", "Áp dụng từ", "Đến"
