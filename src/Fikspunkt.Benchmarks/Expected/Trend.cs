using Fikspunkt.Benchmarks.Panels;
using Fikspunkt.Domain.Models;
using Fikspunkt.Statistics;

namespace Fikspunkt.Benchmarks.Expected;

/// <summary>Actual against expected month by month, so that results can be followed between releases.</summary>
internal static class Trend
{
    private static readonly RowMatrix Single = RowMatrix.Diagonal([1]);

    /// <summary>The points, ordered by outcome (total last), month, area. A hidden month has no point of its own but counts in the total.</summary>
    public static IReadOnlyList<TrendPoint> Of(
        ModelSpec spec, PanelReader reader, IReadOnlyList<OutcomeModel> models, int[] totalOver, RowMatrix chance, RowMatrix? effects)
    {
        var months = reader.AvailableMonths().TakeLast(spec.Periods.TrendMonths).Where(month => reader.Lacking(month) is null).ToArray();
        var outcomes = models.Count + (effects is null ? 0 : 1);
        var points = new IReadOnlyList<TrendPoint>[outcomes, months.Length];
        ExpectedVersusActual.InParallel(months.Length, m =>
        {
            var panel = reader.Read(months[m], null, bridgeHidden: true);
            var parts = models.Select(model => OutcomeModel.FitOne(spec, model.Number, reader.Areas, [panel], MonthNoise(spec, model), model.Fits[^1].Effects)).ToArray();
            for (var g = 0; g < models.Count; g++)
            {
                points[g, m] = Points(spec.Outcomes[g].Id, [parts[g]], Single, Single, panel, reader, unit => !panel.Hidden[g][unit]);
            }

            if (effects is not null)
            {
                points[models.Count, m] = Points(spec.Total!.Id, [.. totalOver.Select(g => parts[g])], chance, effects, panel, reader, _ => true);
            }
        });
        return [.. points.Cast<IReadOnlyList<TrendPoint>>().SelectMany(list => list)];
    }

    private static ChanceNoise MonthNoise(ModelSpec spec, OutcomeModel model)
    {
        var noise = model.Fits[^1].Noise;

        // Without a panel nothing is known of how long chance lasts: persons are then taken to stay as they are over the period.
        return spec.Noise.Model == NoiseModel.Panel ? noise.ForMonth() : noise;
    }

    private static List<TrendPoint> Points(
        string outcome, ErrorParts[] parts, RowMatrix chance, RowMatrix effects, PanelPeriod panel, PanelReader reader, Func<int, bool> shown)
    {
        var units = parts.Select(part => part.Expectation.Rows.Unit.AsEnumerable()).Aggregate((left, right) => left.Intersect(right)).ToArray();
        var ones = new double[units.Length];
        Array.Fill(ones, 1);
        var errors = ErrorCovariance.Of(parts, chance, effects, units, 0, ones, ones, (_, _) => 0, withMatrix: false);
        var points = new List<TrendPoint>(units.Length);
        for (var i = 0; i < units.Length; i++)
        {
            if (shown(units[i]))
            {
                double actual = 0, expected = 0;
                foreach (var part in parts)
                {
                    var row = Array.IndexOf(part.Expectation.Rows.Unit, units[i]);
                    actual += part.Expectation.Rows.Shares[row];
                    expected += part.Expectation.Expected[row];
                }

                points.Add(new TrendPoint(reader.Areas[units[i]], outcome, panel.Period, actual, expected, Math.Sqrt(errors.Variance[i])));
            }
        }

        return points;
    }
}
