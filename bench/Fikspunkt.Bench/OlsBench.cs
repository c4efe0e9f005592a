using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Bench;

/// <summary>Linear regression on 3,700,000 rows x 60 columns (an intercept among them), coefficients and classical errors:
/// <c>-- ols [rows] [columns] [repetitions]</c>. The peers, R's lm.fit and normal equations in blocks, take 12.4 s and 8.6 s.</summary>
internal static class OlsBench
{
    private const int Steps = 100_000;

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

    /// <summary>What the machine can do: reading the design with one and two threads, and multiply-adds.</summary>
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

        // Short pieces, so that other work on the machine is between them and not in the best of them.
        var fastest = double.PositiveInfinity;
        for (var run = 0; run < 300; run++)
        {
            var clock = Stopwatch.StartNew();
            var value = MultiplyAdds();
            fastest = Math.Min(fastest, clock.Elapsed.TotalSeconds + (value == 0 ? 1 : 0));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"multiply-adds in registers, one thread: {Steps * 16.0 * Vector512<double>.Count * 2 / fastest / 1e9:F0} GFLOP/s"));
    }

    /// <summary>Sixteen independent chains of multiply-adds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double MultiplyAdds()
    {
        var (x, y) = (Vector512.Create(0.999), Vector512.Create(1e-3));
        var (a, b, c, d) = (y, y, y, y);
        var (e, f, g, h) = (y, y, y, y);
        var (i, j, k, l) = (y, y, y, y);
        var (m, n, o, p) = (y, y, y, y);
        for (var step = 0; step < Steps; step++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, y);
            b = Vector512.FusedMultiplyAdd(b, x, y);
            c = Vector512.FusedMultiplyAdd(c, x, y);
            d = Vector512.FusedMultiplyAdd(d, x, y);
            e = Vector512.FusedMultiplyAdd(e, x, y);
            f = Vector512.FusedMultiplyAdd(f, x, y);
            g = Vector512.FusedMultiplyAdd(g, x, y);
            h = Vector512.FusedMultiplyAdd(h, x, y);
            i = Vector512.FusedMultiplyAdd(i, x, y);
            j = Vector512.FusedMultiplyAdd(j, x, y);
            k = Vector512.FusedMultiplyAdd(k, x, y);
            l = Vector512.FusedMultiplyAdd(l, x, y);
            m = Vector512.FusedMultiplyAdd(m, x, y);
            n = Vector512.FusedMultiplyAdd(n, x, y);
            o = Vector512.FusedMultiplyAdd(o, x, y);
            p = Vector512.FusedMultiplyAdd(p, x, y);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p);
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
