using System.Diagnostics;
using System.Globalization;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Survival;

namespace Fikspunkt.Bench;

/// <summary>Cox regression on 1,000,000 spells with 10 covariates and whole weeks 1-260, 30 % censored: <c>-- survival [repetitions]</c>.
/// The peer, R's survival::coxph, takes 6.6 s (Efron) and 5.3 s (Breslow).</summary>
internal static class SurvivalBench
{
    private const int Rows = 1_000_000;
    private const int Columns = 10;

    public static void Run(int repetitions)
    {
        var (spells, late, x) = Data();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"events {spells.Cause.Count(cause => cause > 0) / (double)Rows:P1}"));
        Measure("Efron, 2 threads", repetitions, () => CoxRegression.Fit(spells, x, options: new CoxOptions(Threads: 2)));
        Measure("Efron, 1 thread", repetitions, () => CoxRegression.Fit(spells, x, options: new CoxOptions(Threads: 1)));
        Measure("Breslow, 2 threads", repetitions, () => CoxRegression.Fit(spells, x, options: new CoxOptions(TiesMethod.Breslow, Threads: 2)));
        Measure("Efron, late entry, 2 threads", repetitions, () => CoxRegression.Fit(late, x, options: new CoxOptions(Threads: 2)));
    }

    private static void Measure(string name, int repetitions, Func<CoxFit> fit)
    {
        var (walls, processors) = (new double[repetitions], new double[repetitions]);
        CoxFit? last = null;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < repetitions; i++)
        {
            var processor = Process.GetCurrentProcess().TotalProcessorTime;
            var clock = Stopwatch.StartNew();
            last = fit();
            walls[i] = clock.Elapsed.TotalSeconds;
            processors[i] = (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds;
        }

        var first = walls[0];
        Array.Sort(walls);
        Array.Sort(processors);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-30} wall: first {first:F3} s, best {walls[0]:F3} s, median {walls[repetitions / 2]:F3} s; processor: best {processors[0]:F3} s; steps {last!.Iterations}, {(GC.GetTotalAllocatedBytes(precise: true) - allocated) / repetitions / 1_000_000} MB, log likelihood {last.LogLikelihood:R}"));
    }

    private static (Spells Spells, Spells Late, RowMatrix X) Data()
    {
        var random = new Random(260);
        var x = new RowMatrix(Rows, Columns);
        var (exit, entry, cause) = (new double[Rows], new double[Rows], new int[Rows]);
        for (var i = 0; i < Rows; i++)
        {
            var row = x.Row(i);
            var predictor = 0.0;
            for (var j = 0; j < Columns; j++)
            {
                row[j] = j < 5 ? random.NextDouble() - 0.5 : random.Next(2);
                predictor += 0.15 * (j - 4) * (row[j] - (j < 5 ? 0 : 0.5));
            }

            var time = -90 * Math.Log(1 - random.NextDouble()) * Math.Exp(-predictor);
            var censoring = Math.Min(260, -245 * Math.Log(1 - random.NextDouble()));
            cause[i] = time <= censoring ? 1 : 0;
            exit[i] = Math.Ceiling(Math.Min(time, censoring));
            entry[i] = random.Next(2) == 0 ? 0 : Math.Floor(random.NextDouble() * exit[i]);
        }

        return (new Spells(exit, cause), new Spells(exit, cause, entry), x);
    }
}
