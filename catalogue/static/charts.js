// Draws the bars of a table's own figures: what the picture shows is what the table says.
(() => {
  // A dash stands where there is no figure; no bar is drawn there.
  const figure = (cell) => {
    const value = Number.parseFloat(cell.textContent.trim().replace(",", "."));
    return Number.isNaN(value) ? null : value;
  };
  // On a narrow screen a long name takes several lines rather than running off the edge.
  const inLines = (name) => name.match(/.{1,18}(?:\s|$)|\S+/g).map((line) => line.trim());
  const labels = (names, width) => (width < 600 ? names.map(inLines) : names);
  for (const box of document.querySelectorAll("[data-chart-of]")) {
    const table = document.getElementById(box.dataset.chartOf);
    const cells = [...table.querySelectorAll("[data-chart-value]")];
    const names = cells.map((cell) => cell.closest("tr").querySelector("th").textContent.trim());
    box.style.height = `${cells.length * 30 + 90}px`;
    box.hidden = false;
    new Chart(box.querySelector("canvas"), {
      type: "bar",
      data: {
        labels: labels(names, box.clientWidth),
        datasets: [{
          label: table.dataset.chartTitle,
          data: cells.map(figure),
          backgroundColor: "#8a1c1c",
        }],
      },
      options: {
        indexAxis: "y",
        animation: false,
        maintainAspectRatio: false,
        onResize: (chart, size) => { chart.data.labels = labels(names, size.width); },
        locale: "vi-VN",
        plugins: { legend: { display: false }, title: { display: true, text: table.dataset.chartTitle } },
        scales: { y: { ticks: { autoSkip: false } }, x: { beginAtZero: true } },
      },
    });
  }
})();
