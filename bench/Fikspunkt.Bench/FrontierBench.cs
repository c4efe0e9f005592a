using System.Diagnostics;
using System.Globalization;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Frontiers;

namespace Fikspunkt.Bench;

/// <summary>Frontiers by the clock: elapsed and processor time, the least of several runs. The peer is R's Benchmarking (0.33).</summary>
internal static class FrontierBench
{
    public static void Run()
    {
        var (x, y) = Data(98, 3, 3);
        Time("VRS input efficiency, 98 units, 3 + 3, one thread", 300, () => Dea.Efficiency(x, y, new FrontierOptions { Threads = 1 }));
        Time("VRS second-stage slacks, 98 units, 3 + 3, one thread", 100, () => Slacks.SecondStage(x, y, new FrontierOptions { Threads = 1 }));
        var (bootX, bootY) = Data(94, 5, 3);
        foreach (var threads in new[] { 1, 2 })
        {
            Time(
                $"bootstrap, 94 units, 5 + 3, VRS, 2,000 replications, threads {threads}",
                5,
                () => FrontierBootstrap.Run(bootX, bootY, new FrontierOptions { Threads = threads }, new FrontierBootstrapOptions()));
        }

        var (manyX, manyY) = Data(5000, 3, 3);
        Time("VRS input efficiency, 5,000 units, 3 + 3, all threads", 2, () => Dea.Efficiency(manyX, manyY, new FrontierOptions()));
    }

    /// <summary>Units of very different size, most of them inefficient.</summary>
    private static (RowMatrix X, RowMatrix Y) Data(int units, int inputs, int outputs)
    {
        var random = new Random(units);
        var (x, y) = (new RowMatrix(units, inputs), new RowMatrix(units, outputs));
        for (var unit = 0; unit < units; unit++)
        {
            var size = 10 + (90 * random.NextDouble());
            var waste = 1 + (0.3 * random.NextDouble() * random.NextDouble());
            for (var i = 0; i < inputs; i++)
            {
                x[unit, i] = Math.Round(size * waste * (0.7 + (0.6 * random.NextDouble())), 2);
            }

            for (var r = 0; r < outputs; r++)
            {
                y[unit, r] = Math.Round(size * (0.7 + (0.6 * random.NextDouble())), 2);
            }
        }

        return (x, y);
    }

    private static void Time(string what, int runs, Func<object> work)
    {
        using var process = Process.GetCurrentProcess();
        var warming = Stopwatch.StartNew();
        do
        {
            work();
        }
        while (warming.Elapsed.TotalSeconds < 1.5); // Until the code is compiled for good.

        var least = double.PositiveInfinity;
        process.Refresh();
        var before = process.TotalProcessorTime;
        for (var run = 0; run < runs; run++)
        {
            var watch = Stopwatch.StartNew();
            work();
            least = Math.Min(least, watch.Elapsed.TotalMilliseconds);
        }

        process.Refresh();
        var processor = (process.TotalProcessorTime - before).TotalMilliseconds / runs;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {least:F2} ms elapsed (least of {runs}), {processor:F2} ms processor time (mean)"));
    }
}
