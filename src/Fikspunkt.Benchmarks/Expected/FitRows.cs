using Fikspunkt.Benchmarks.Panels;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using Fikspunkt.Statistics;

namespace Fikspunkt.Benchmarks.Expected;

/// <summary>The rows that one outcome's expectation is fitted to: an area in a period each, ordered by period, unit.</summary>
/// <param name="Periods">The periods of the fit.</param>
/// <param name="Terms">Names of the design's columns: <c>(intercept)</c>, covariate ids, then every period but the first.</param>
/// <param name="Unit">Unit number by row.</param>
/// <param name="Time">Number of the row's period in <paramref name="Periods"/>.</param>
/// <param name="X">Design.</param>
/// <param name="Shares">Actual shares.</param>
/// <param name="Exposure">Exposure.</param>
/// <param name="Weights">Weights of the fit.</param>
/// <param name="HiddenVariance">What hidden months leave open of the share.</param>
internal sealed record FitRows(
    IReadOnlyList<Period> Periods,
    IReadOnlyList<string> Terms,
    int[] Unit,
    int[] Time,
    RowMatrix X,
    double[] Shares,
    double[] Exposure,
    double[] Weights,
    double[] HiddenVariance)
{
    /// <summary>The name of the constant term.</summary>
    public const string Intercept = "(intercept)";

    /// <summary>Number of rows.</summary>
    public int Count => Unit.Length;

    /// <summary>Group numbers for leave-group-out: rows of one unit share a number; 0, 1, ... in order of appearance.</summary>
    public int[] Groups { get; } = Number(Unit);

    /// <summary>Collects the rows of one outcome.</summary>
    public static FitRows Of(ModelSpec spec, IReadOnlyList<PanelPeriod> panel, int outcome)
    {
        var unit = new List<int>();
        var time = new List<int>();
        for (var t = 0; t < panel.Count; t++)
        {
            for (var i = 0; i < panel[t].Exposure.Length; i++)
            {
                if (panel[t].Usable[i] && !double.IsNaN(panel[t].Shares[outcome][i]))
                {
                    unit.Add(i);
                    time.Add(t);
                }
            }
        }

        var covariates = spec.Covariates.Count;
        var x = new RowMatrix(unit.Count, covariates + panel.Count);
        for (var row = 0; row < unit.Count; row++)
        {
            var values = x.Row(row);
            values[0] = 1;
            for (var k = 0; k < covariates; k++)
            {
                values[k + 1] = panel[time[row]].Transformed[k][unit[row]];
            }

            if (time[row] > 0)
            {
                values[covariates + time[row]] = 1;
            }
        }

        var exposure = Pick(row => panel[time[row]].Exposure[unit[row]]);
        return new FitRows(
            [.. panel.Select(p => p.Period)],
            [Intercept, .. spec.Covariates.Select(c => c.Id), .. panel.Skip(1).Select(p => p.Period.ToString())],
            [.. unit],
            [.. time],
            x,
            Pick(row => panel[time[row]].Shares[outcome][unit[row]]),
            exposure,
            spec.Estimator.WeightByExposure ? exposure : Pick(_ => 1),
            Pick(row => panel[time[row]].HiddenVariance[outcome][unit[row]]));

        double[] Pick(Func<int, double> value) => [.. Enumerable.Range(0, unit.Count).Select(value)];
    }

    private static int[] Number(int[] unit)
    {
        var numbers = new Dictionary<int, int>();
        var groups = new int[unit.Length];
        for (var row = 0; row < unit.Length; row++)
        {
            if (!numbers.TryGetValue(unit[row], out var number))
            {
                numbers.Add(unit[row], number = numbers.Count);
            }

            groups[row] = number;
        }

        return groups;
    }
}
