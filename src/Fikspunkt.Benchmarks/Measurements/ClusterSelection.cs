using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>A municipality that was looked at in the selection of the best.</summary>
/// <param name="Unit">The unit, from 0.</param>
/// <param name="Selected">Whether it was selected.</param>
/// <param name="Reason">Why, or why not.</param>
internal sealed record SelectedUnit(int Unit, bool Selected, LocalizedText Reason);

/// <summary>What the selection knows of a municipality.</summary>
/// <param name="Name">Name.</param>
/// <param name="Region">Region.</param>
/// <param name="Population">Population, for its third by size.</param>
/// <param name="Rank">Overall rank in its cluster; 0 = none.</param>
/// <param name="ClusterSize">Municipalities in its cluster.</param>
internal readonly record struct SelectionCandidate(string Name, string Region, double Population, int Rank, int ClusterSize);

/// <summary>Selects the best with regard to geography and size, as KL and Deloitte did: the selected are not always those ranked first.</summary>
internal static class ClusterSelection
{
    private static readonly LocalizedText[] Sizes = [new("små", "small"), new("mellemstore", "middle-sized"), new("store", "large")];

    /// <summary>Takes candidates in the order of their place in the cluster ((rank - 1) / (size - 1), a cluster of one last; in doubt the larger cluster, then the name)
    /// until there are enough, passing over those whose region or third by size has its share already.</summary>
    /// <param name="candidates">Everyone.</param>
    /// <param name="wanted">How many to select.</param>
    /// <param name="perRegion">At most so many of one region.</param>
    /// <param name="perSize">At most so many of one third by size.</param>
    /// <returns>Everyone looked at, in that order.</returns>
    public static IReadOnlyList<SelectedUnit> Of(IReadOnlyList<SelectionCandidate> candidates, int wanted, int perRegion, int perSize)
    {
        var bySize = Enumerable.Range(0, candidates.Count).OrderBy(unit => candidates[unit].Population).ToList();
        var third = new int[candidates.Count];
        for (var place = 0; place < bySize.Count; place++)
        {
            third[bySize[place]] = 3 * place / bySize.Count;
        }

        var order = Enumerable.Range(0, candidates.Count).Where(unit => candidates[unit].Rank > 0)
            .OrderBy(unit => candidates[unit].ClusterSize > 1 ? (candidates[unit].Rank - 1.0) / (candidates[unit].ClusterSize - 1) : 1)
            .ThenByDescending(unit => candidates[unit].ClusterSize)
            .ThenBy(unit => candidates[unit].Name, DanishOrder.Comparer);
        var (seen, regions, sizes) = (new List<SelectedUnit>(), new Dictionary<string, int>(StringComparer.Ordinal), new int[3]);
        foreach (var unit in order)
        {
            if (sizes.Sum() == wanted)
            {
                break;
            }

            var (own, size) = (candidates[unit], third[unit]);
            var inRegion = regions.GetValueOrDefault(own.Region);
            if (inRegion >= perRegion)
            {
                seen.Add(new SelectedUnit(unit, false, new($"Regionen har allerede {perRegion}", $"The region has {perRegion} already")));
            }
            else if (sizes[size] >= perSize)
            {
                seen.Add(new SelectedUnit(unit, false, new($"Der er allerede {perSize} {Sizes[size].Da} kommuner", $"There are {perSize} {Sizes[size].En} municipalities already")));
            }
            else
            {
                (regions[own.Region], sizes[size]) = (inRegion + 1, sizes[size] + 1);
                seen.Add(new SelectedUnit(unit, true, new($"Nr. {own.Rank} af {own.ClusterSize} i sin klynge; blandt de {Sizes[size].Da} kommuner", $"No. {own.Rank} of {own.ClusterSize} in its cluster; among the {Sizes[size].En} municipalities")));
            }
        }

        return seen;
    }
}
