using System.Diagnostics;
using System.Globalization;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Bench;

/// <summary>Linear regression on 3,700,000 rows x 60 columns (an intercept among them), coefficients and classical errors:
/// <c>-- ols [rows] [columns] [repetitions]</c>. The peers, R's lm.fit and normal equations in blocks, take 12.4 s and 8.6 s.</summary>
internal static class OlsBench
{
    public static void Run(int rows, int columns, int repetitions)
    {
        var (x, y) = Data(rows, columns);
        Machine(x);
        foreach (var threads in (int[])[1, 2])
        {
            for (var i = 0; i < repetitions; i++)
            {
                GC.Collect();
                var (before, processor) = (GC.GetTotalAllocatedBytes(precise: true), Process.GetCurrentProcess().TotalProcessorTime);
                var clock = Stopwatch.StartNew();
                var fit = LinearRegression.Fit(x, y, options: new LinearOptions(LinearMethod.Gram, threads));
                var errors = fit.Covariance(CovarianceKind.Classical);
                var (elapsed, used) = (clock.Elapsed.TotalSeconds, Process.GetCurrentProcess().TotalProcessorTime - processor);
                var operations = (double)rows * columns * (columns + 1);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"threads {threads}, run {i + 1}: elapsed {elapsed:F3} s, processor {used.TotalSeconds:F3} s, {(GC.GetTotalAllocatedBytes(precise: true) - before) / 1e6:F0} MB, {operations / elapsed / 1e9:F1} GFLOP/s, {8.0 * rows * columns / elapsed / 1e9:F1} GB/s, {fit.Method}, b1 {fit.Coefficients[1]:R}, var {errors[1, 1]:R}, rss {fit.ResidualSumOfSquares:R}"));
            }
        }
    }

    /// <summary>What the machine can do: reading the design with one and two threads, and multiply-adds from the first-level cache.</summary>
    private static void Machine(RowMatrix x)
    {
        foreach (var threads in (int[])[1, 2])
        {
            var best = double.PositiveInfinity;
            var sums = new double[64];
            for (var run = 0; run < 3; run++)
            {
                var clock = Stopwatch.StartNew();
                Parallel.For(0, sums.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, part =>
                {
                    var length = x.Values.Length / sums.Length;
                    sums[part] = System.Numerics.Tensors.TensorPrimitives.Sum<double>(x.Values.AsSpan(part * length, length));
                });
                best = Math.Min(best, clock.Elapsed.TotalSeconds);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"reading with {threads} threads: {8.0 * x.Values.Length / best / 1e9:F1} GB/s (sum {sums.Sum():R})"));
        }

        // A small fit whose rows stay in the cache, over and over, shows the multiply-adds without the memory.
        var small = new RowMatrix(1_024, 62, x.Values.Length >= 1_024 * 62 ? x.Values[..(1_024 * 62)] : new double[1_024 * 62]);
        var y = new double[1_024];
        var times = new List<double>();
        for (var run = 0; run < 20; run++)
        {
            var clock = Stopwatch.StartNew();
            for (var repeat = 0; repeat < 50; repeat++)
            {
                SufficientStatistics.Of(small, y, threads: 1);
            }

            times.Add(clock.Elapsed.TotalSeconds / 50);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sums of products of 1,024 x 64 in the cache, one thread: {1_024.0 * 64 * 65 / times.Min() / 1e9:F1} GFLOP/s"));
    }

    private static (RowMatrix X, double[] Y) Data(int rows, int columns)
    {
        var (x, y) = (new RowMatrix(rows, columns), new double[rows]);
        Parallel.For(0, 64, part =>
        {
            var random = new Random(60 + part);
            for (var i = (int)((long)part * rows / 64); i < (int)((part + 1L) * rows / 64); i++)
            {
                var row = x.Row(i);
                for (var j = 0; j < columns; j++)
                {
                    row[j] = j == 0 ? 1 : random.NextDouble() + (j % 7);
                    y[i] += 0.1 * (j % 5) * row[j];
                }

                y[i] += random.NextDouble() - 0.5;
            }
        });
        return (x, y);
    }
}
