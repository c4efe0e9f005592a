using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>Hides small counts of persons, and enough of their neighbours that they cannot be worked out from totals.</summary>
/// <remarks>
/// A cell of an indicator that counts persons is small when 0 &lt; value &lt; largest + 0.5 (so 1 and 2 by default, and averages of
/// full-time persons that round to them or to 0). A real zero is no person and stays. Sums that reveal: over the values of one breakdown dimension
/// (area, period and the rest of the breakdown fixed) when the total or the parent benefit group is published, and over the municipalities when the country
/// is. Where exactly one part of a sum is hidden and its total is not, the smallest other part above zero is hidden
/// too (the total itself where there is none); repeated until no sum reveals anything.
/// What the source hid already is treated as hidden.
/// </remarks>
public static class SmallNumbers
{
    /// <summary>Largest count that is hidden unless told otherwise.</summary>
    public const int DefaultLargest = 2;

    private const string Country = "000";

    /// <summary>Whether a cell is too small to publish.</summary>
    public static bool IsSmall(Observation observation, IReadOnlyDictionary<string, Indicator> indicators, int largest = DefaultLargest) =>
        observation.Value is > 0 and var value && value < largest + 0.5
        && indicators.TryGetValue(observation.Indicator, out var indicator) && indicator.IsCount;

    /// <summary>The observations with small counts and what would reveal them hidden, in the same order.</summary>
    /// <param name="observations">Observations; keys are unique.</param>
    /// <param name="definitions">Definitions: which indicators count persons, which benefit groups are parts of others.</param>
    /// <param name="largest">Largest count that is hidden, 1-4.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="largest"/> is not 1-4.</exception>
    public static IReadOnlyList<Observation> Suppress(
        IReadOnlyList<Observation> observations, DefinitionSet definitions, int largest = DefaultLargest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(largest, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(largest, 4);
        var result = observations.ToArray();
        var counts = Enumerable.Range(0, result.Length)
            .Where(i => definitions.Indicators.TryGetValue(result[i].Indicator, out var indicator) && indicator.IsCount)
            .ToList();
        foreach (var i in counts.Where(i => IsSmall(result[i], definitions.Indicators, largest)))
        {
            result[i] = Hidden(result[i]);
        }

        var sums = Sums(result, counts, definitions);
        var changed = true;
        while (changed)
        {
            changed = false;
            foreach (var (total, parts) in sums)
            {
                changed |= Protect(result, total, parts);
            }
        }

        return result;
    }

    /// <summary>Two vintages of the same figures that are published together. A cell that had to be hidden in one is hidden in the other too, which would tell about what it is.</summary>
    /// <param name="now">Observations; keys are unique.</param>
    /// <param name="earlier">As they were before; empty when there is no earlier vintage.</param>
    /// <param name="definitions">Definitions.</param>
    /// <param name="largest">Largest count that is hidden, 1-4.</param>
    public static (IReadOnlyList<Observation> Now, IReadOnlyList<Observation> Earlier) SuppressTogether(
        IReadOnlyList<Observation> now, IReadOnlyList<Observation> earlier, DefinitionSet definitions, int largest = DefaultLargest)
    {
        var together = new HashSet<(string, Period, string, string)>();
        while (true)
        {
            var (first, second) = (Suppress(Hide(now, together), definitions, largest), Suppress(Hide(earlier, together), definitions, largest));
            var known = together.Count;
            together.UnionWith(HiddenHere(now, first));
            together.UnionWith(HiddenHere(earlier, second));
            if (together.Count == known || earlier.Count == 0)
            {
                return (first, second);
            }
        }
    }

    private static IEnumerable<(string, Period, string, string)> HiddenHere(IReadOnlyList<Observation> before, IReadOnlyList<Observation> after) =>
        before.Zip(after).Where(pair => pair.First.Status != pair.Second.Status).Select(pair => Key(pair.First));

    private static IReadOnlyList<Observation> Hide(IReadOnlyList<Observation> cells, HashSet<(string, Period, string, string)> hidden) =>
        [.. cells.Select(cell => cell.Value is not null && hidden.Contains(Key(cell)) ? Hidden(cell) : cell)];

    private static (string, Period, string, string) Key(Observation cell) => (cell.Area, cell.Period, cell.Indicator, cell.Breakdown);

    /// <summary>Hides one more cell of a sum that reveals its only hidden one; says whether it did.</summary>
    private static bool Protect(Observation[] cells, int total, List<int> parts)
    {
        var hidden = parts.Append(total).Count(i => cells[i].Status == ObservationStatus.Suppressed);
        if (hidden != 1 || parts.Exists(i => cells[i].Status == ObservationStatus.Missing) || cells[total].Status == ObservationStatus.Missing)
        {
            return false;
        }

        // Zeros are hidden last: a hidden zero says little and costs a fact.
        var candidates = parts.Where(i => cells[i].Value is > 0).OrderBy(i => cells[i].Value).ThenBy(i => i).ToList();
        var next = candidates.Count > 0 ? candidates[0]
            : cells[total].Status != ObservationStatus.Suppressed ? total
            : parts.Find(i => cells[i].Status != ObservationStatus.Suppressed);
        cells[next] = Hidden(cells[next]);
        return true;
    }

    private static Observation Hidden(Observation observation) =>
        observation with { Value = null, Status = ObservationStatus.Suppressed, Raw = null };

    /// <summary>Totals with their parts, as indexes.</summary>
    private static List<(int Total, List<int> Parts)> Sums(Observation[] cells, List<int> counts, DefinitionSet definitions)
    {
        var index = counts.ToDictionary(i => (cells[i].Area, cells[i].Period, cells[i].Indicator, cells[i].Breakdown));
        var parents = definitions.BenefitGroups.ToDictionary(group => group.Id, group => group.Parent);
        var municipalities = definitions.Municipalities.Select(m => m.Code).ToHashSet();
        var overBreakdowns =
            from i in counts
            from total in Totals(cells[i].Breakdown, parents, breakdown => index.ContainsKey((cells[i].Area, cells[i].Period, cells[i].Indicator, breakdown)))
            group i by index[(cells[i].Area, cells[i].Period, cells[i].Indicator, total)] into parts
            select (parts.Key, parts.ToList());
        var overAreas =
            from i in counts
            where municipalities.Contains(cells[i].Area) && index.ContainsKey((Country, cells[i].Period, cells[i].Indicator, cells[i].Breakdown))
            group i by index[(Country, cells[i].Period, cells[i].Indicator, cells[i].Breakdown)] into parts
            select (parts.Key, parts.ToList());
        return [.. overBreakdowns, .. overAreas];
    }

    /// <summary>For each dimension the nearest published total: the benefit group's nearest published parent, else the breakdown without the dimension.</summary>
    private static IEnumerable<string> Totals(string breakdown, Dictionary<string, string?> parents, Func<string, bool> published)
    {
        var pairs = breakdown.Split(';', StringSplitOptions.RemoveEmptyEntries);
        foreach (var pair in pairs)
        {
            var (dimension, value) = (pair.Split('=')[0], pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            var candidates = new List<string>();
            for (var parent = value; dimension == Domain.Breakdown.BenefitGroup && candidates.Count < parents.Count && parents.GetValueOrDefault(parent) is { } next; parent = next)
            {
                candidates.Add(string.Join(';', pairs.Select(other => other == pair ? $"{dimension}={next}" : other)));
            }

            candidates.Add(string.Join(';', pairs.Where(other => other != pair)));
            if (candidates.Find(candidate => published(candidate)) is { } total)
            {
                yield return total;
            }
        }
    }
}
