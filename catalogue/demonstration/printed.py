"""Where the draft report of 10/4/2024 prints a figure that its own totals do not give."""

from catalogue.domain.hours import Month

NOTES = {
    Month(2024, 3): (
        "130,71 giờ chia cho 21 ngày làm việc là 6,22 giờ/người/ngày; dự thảo báo cáo ngày "
        "10/4/2024 in 6,23."
    )
}
