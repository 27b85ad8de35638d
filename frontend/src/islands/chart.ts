/** `data-chart="<id of a JSON script>"`: small bars or lines, drawn as SVG from the page's tokens. */
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent } from "echarts/components";
import { init, use, type ECharts } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { island } from "../lib/island";
import { onTheme, token } from "../lib/tokens";

use([BarChart, LineChart, GridComponent, LegendComponent, AriaComponent, SVGRenderer]);

interface ChartData {
  kind: "bars" | "lines";
  labels: string[];
  series: { name: string; values: (number | null)[] }[];
  unit?: string;
}

export const start = island("[data-chart]", (element) => {
  const source = document.getElementById(element.dataset["chart"] ?? "");
  if (!source?.textContent) return;
  const data = JSON.parse(source.textContent) as ChartData;
  const place = document.createElement("div");
  place.className = "chart-place";
  element.append(place);
  const chart = init(place, null, { renderer: "svg" });
  draw(chart, data, element);
  onTheme(() => draw(chart, data, element));
  new ResizeObserver(() => chart.resize()).observe(place);
});

function draw(chart: ECharts, data: ChartData, element: HTMLElement): void {
  const size = parseFloat(getComputedStyle(element).fontSize) * 0.8125;
  const text = { color: token("--ink-3", element), fontFamily: token("--font", element), fontSize: size };
  const colours = ["--pine", "--ink-2", "--amber", "--slate"].map((name) => token(name, element));
  chart.setOption(
    {
      animation: false,
      aria: { enabled: true },
      color: colours,
      textStyle: text,
      grid: { left: 4, right: 8, top: data.series.length > 1 ? 32 : 16, bottom: 4, containLabel: true },
      legend: { show: data.series.length > 1, top: 0, left: 0, textStyle: text, itemHeight: 8 },
      xAxis: {
        type: "category",
        data: data.labels,
        axisTick: { show: false },
        axisLine: { lineStyle: { color: token("--line-2", element) } },
        axisLabel: text,
      },
      yAxis: {
        type: "value",
        minInterval: 1,
        name: data.unit ?? "",
        nameTextStyle: { ...text, align: "left" },
        splitLine: { lineStyle: { color: token("--line", element) } },
        axisLabel: text,
      },
      series: data.series.map(({ name, values }) => ({
        name,
        data: values,
        type: data.kind === "lines" ? "line" : "bar",
        barMaxWidth: 28,
        showSymbol: false,
        lineStyle: { width: 2 },
      })),
    },
    true,
  );
}
