using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>A unit in a list of ranked categories.</summary>
/// <param name="Unit">The unit, from 0.</param>
/// <param name="Category">Its category, 0 = the best.</param>
/// <param name="Marked">Whether it is among the first or the last few of all.</param>
internal readonly record struct CategorisedUnit(int Unit, int Category, bool Marked);

/// <summary>Categories of (nearly) equal size by rank, as in AKF's figure of January 2009: what the division leaves over goes to the first ones.</summary>
internal static class RankCategories
{
    /// <summary>How many units each category has: 94 in five are 19, 19, 19, 19, 18.</summary>
    public static int[] Sizes(int units, int categories) => [.. Enumerable.Range(0, categories).Select(category => (units / categories) + (category < units % categories ? 1 : 0))];

    /// <summary>Divides units and lists them by category, in Danish alphabetical order within it.</summary>
    /// <param name="values">What they are ranked by; the highest is the best. Equal values go by name.</param>
    /// <param name="names">Their names.</param>
    /// <param name="categories">How many categories.</param>
    /// <param name="marks">How many are marked at each end; never more than half of the units.</param>
    public static IReadOnlyList<CategorisedUnit> Of(IReadOnlyList<double> values, IReadOnlyList<string> names, int categories, int marks)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderByDescending(unit => values[unit]).ThenBy(unit => names[unit], DanishOrder.Comparer)];
        var sizes = Sizes(order.Length, categories);
        var marked = Math.Min(marks, order.Length / 2);
        var (units, place) = (new List<CategorisedUnit>(order.Length), 0);
        for (var category = 0; category < categories; category++)
        {
            for (var i = 0; i < sizes[category]; i++, place++)
            {
                units.Add(new CategorisedUnit(order[place], category, place < marked || place >= order.Length - marked));
            }
        }

        return [.. units.OrderBy(unit => unit.Category).ThenBy(unit => names[unit.Unit], DanishOrder.Comparer)];
    }
}
