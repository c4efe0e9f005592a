using System.Diagnostics;
using System.Globalization;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Bench;

/// <summary>Logistic regression on 500,000 rows x 20 columns: <c>-- glm [repetitions]</c>. The peer, R's glm, takes 2.3 s.</summary>
internal static class GlmBench
{
    private const int Rows = 500_000;
    private const int Columns = 20;

    public static void Run(int repetitions)
    {
        var random = new Random(20);
        var (x, y) = (new RowMatrix(Rows, Columns), new double[Rows]);
        for (var i = 0; i < Rows; i++)
        {
            var row = x.Row(i);
            var eta = 0.0;
            for (var j = 0; j < Columns; j++)
            {
                row[j] = j == 0 ? 1 : random.NextDouble() - 0.5;
                eta += 0.2 * (j % 5) * row[j];
            }

            y[i] = random.NextDouble() < 1 / (1 + Math.Exp(-eta)) ? 1 : 0;
        }

        foreach (var threads in (int[])[1, 2])
        {
            for (var i = 0; i < repetitions; i++)
            {
                var processor = Process.GetCurrentProcess().TotalProcessorTime;
                var clock = Stopwatch.StartNew();
                var fit = GeneralizedLinearModel.Fit(x, y, new GlmOptions(GlmFamily.Binomial, Threads: threads));
                var used = Process.GetCurrentProcess().TotalProcessorTime - processor;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"threads {threads}, run {i + 1}: elapsed {clock.Elapsed.TotalSeconds:F3} s, processor {used.TotalSeconds:F3} s, steps {fit.Iterations}, deviance {fit.Deviance:R}"));
            }
        }
    }
}
