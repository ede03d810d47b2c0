import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Filler,
  LineController,
  LineElement,
  LinearScale,
  PointElement,
  TimeScale,
  Tooltip,
} from 'chart.js'
import annotation from 'chartjs-plugin-annotation'
import 'chartjs-adapter-date-fns'

/** Only what the charts here draw; everything else of Chart.js stays out of the bundle. */
Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Filler,
  LineController,
  LineElement,
  LinearScale,
  PointElement,
  TimeScale,
  Tooltip,
  annotation,
)

export { Chart }
