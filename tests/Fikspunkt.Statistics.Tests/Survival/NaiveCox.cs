using Fikspunkt.Statistics.Survival;

namespace Fikspunkt.Statistics.Tests.Survival;

/// <summary>The partial likelihood straight from its definition: for each event time, each tied event, a loop over everybody at risk.</summary>
internal static class NaiveCox
{
    public static (double Value, double[] Slope, RowMatrix Information) At(double[] b, Spells spells, RowMatrix x, int[] strata, bool efron)
    {
        var (n, k) = (x.Rows, x.Columns);
        var (value, slope, information) = (0.0, new double[k], new RowMatrix(k, k));
        foreach (var (stratum, time) in Enumerable.Range(0, n).Where(i => spells.Cause[i] > 0 && Weight(spells, i) > 0)
            .Select(i => (strata[i], spells.Exit[i])).Distinct())
        {
            var events = Enumerable.Range(0, n).Where(i => strata[i] == stratum && spells.Exit[i] == time && spells.Cause[i] > 0 && Weight(spells, i) > 0).ToArray();
            var atRisk = Enumerable.Range(0, n).Where(i => strata[i] == stratum && spells.Exit[i] >= time && Entry(spells, i) < time).ToArray();
            var weight = events.Average(i => Weight(spells, i));
            foreach (var i in events)
            {
                value += Weight(spells, i) * Predictor(b, x, i);
                for (var j = 0; j < k; j++)
                {
                    slope[j] += Weight(spells, i) * x[i, j];
                }
            }

            for (var tied = 0; tied < events.Length; tied++)
            {
                var (sum, first, second) = (0.0, new double[k], new RowMatrix(k, k));
                foreach (var i in atRisk)
                {
                    var share = efron && events.Contains(i) ? 1 - ((double)tied / events.Length) : 1;
                    var risk = share * Weight(spells, i) * Math.Exp(Predictor(b, x, i));
                    sum += risk;
                    for (var a = 0; a < k; a++)
                    {
                        first[a] += risk * x[i, a];
                        for (var c = 0; c < k; c++)
                        {
                            second[a, c] += risk * x[i, a] * x[i, c];
                        }
                    }
                }

                value -= weight * Math.Log(sum);
                for (var a = 0; a < k; a++)
                {
                    slope[a] -= weight * first[a] / sum;
                    for (var c = 0; c < k; c++)
                    {
                        information[a, c] += weight * ((second[a, c] / sum) - (first[a] / sum * first[c] / sum));
                    }
                }
            }
        }

        return (value, slope, information);
    }

    private static double Weight(Spells spells, int row) => spells.Weights.Length == 0 ? 1 : spells.Weights[row];

    private static double Entry(Spells spells, int row) => spells.Entry.Length == 0 ? -1 : spells.Entry[row];

    private static double Predictor(double[] b, RowMatrix x, int row) => Enumerable.Range(0, b.Length).Sum(j => b[j] * x[row, j]);
}
