using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Panels;

/// <summary>What is known of one figure.</summary>
internal enum FigureState : byte
{
    /// <summary>Nothing was published. The default.</summary>
    Missing = 0,

    /// <summary>A number.</summary>
    Known = 1,

    /// <summary>A number hidden by the source.</summary>
    Hidden = 2,
}

/// <summary>One area's figure. <paramref name="HiddenVariance"/> is what hidden months within it leave open (value scale squared).</summary>
internal readonly record struct Figure(double Value, FigureState State, double HiddenVariance = 0, int HiddenMonths = 0, int FilledMonths = 0);

/// <summary>What a count of persons that is hidden can be: one that rounds to 1, 2, ... or <paramref name="Largest"/>, so it lies between 0.5 and that + 0.5.</summary>
/// <param name="Largest">Largest count that is hidden.</param>
internal readonly record struct HiddenCount(int Largest)
{
    /// <summary>The middle, which stands in inside a sum or an average.</summary>
    public double Middle => (1.0 + Largest) / 2;

    /// <summary>Variance of a value that lies anywhere between the ends: width^2 / 12.</summary>
    public double Variance => Largest * Largest / 12.0;
}

/// <summary>One indicator and breakdown over areas and periods.</summary>
internal sealed class Series
{
    private readonly Dictionary<Period, Figure[]> cells = [];

    private Series(IEnumerable<Observation> observations, IReadOnlyDictionary<string, int> units, HiddenCount hidden)
    {
        Hidden = hidden;
        foreach (var observation in observations)
        {
            if (!units.TryGetValue(observation.Area, out var unit))
            {
                continue;
            }

            if (!cells.TryGetValue(observation.Period, out var row))
            {
                cells.Add(observation.Period, row = new Figure[units.Count]);
            }

            row[unit] = observation switch
            {
                { Status: ObservationStatus.Suppressed } => new Figure(double.NaN, FigureState.Hidden),
                { Value: { } value, Status: not ObservationStatus.Missing } => new Figure(value, FigureState.Known),
                _ => default,
            };
        }

        Periods = [.. cells.Keys.Order()];
    }

    /// <summary>What its hidden counts can be.</summary>
    public HiddenCount Hidden { get; }

    /// <summary>The periods with any figure, in order.</summary>
    public IReadOnlyList<Period> Periods { get; }

    /// <summary>The figures of a period by unit, or <see langword="null"/> where the source has none.</summary>
    public Figure[]? At(Period period) => cells.GetValueOrDefault(period);

    /// <summary>Sorts the observations that <paramref name="wanted"/> names into series; other indicators and areas are passed over.</summary>
    public static IReadOnlyDictionary<(string Indicator, string Breakdown), Series> Index(
        IReadOnlyList<Observation> observations,
        IEnumerable<(string Indicator, string Breakdown)> wanted,
        IReadOnlyDictionary<string, int> units,
        HiddenCount hidden)
    {
        var bins = wanted.Distinct().ToDictionary(key => key, _ => new List<Observation>());
        foreach (var observation in observations)
        {
            if (bins.TryGetValue((observation.Indicator, observation.Breakdown), out var bin))
            {
                bin.Add(observation);
            }
        }

        return bins.ToDictionary(bin => bin.Key, bin => new Series(bin.Value, units, hidden));
    }
}
