using Fikspunkt.Domain;
using Fikspunkt.Reports;
using Fikspunkt.Web.Content;

namespace Fikspunkt.Web.Charts;

/// <summary>Municipalities that are looked at together.</summary>
/// <param name="Id">Its name in addresses.</param>
/// <param name="Name">What it is called, with the rule that made it.</param>
/// <param name="Areas">Codes; <see langword="null"/> = everyone.</param>
internal sealed record PeerGroup(string Id, string Name, IReadOnlySet<string>? Areas)
{
    public bool Has(string area) => Areas?.Contains(area) ?? true;
}

/// <summary>The groups that one can choose between.</summary>
internal static class PeerGroups
{
    /// <summary>How many of the most alike are shown with a municipality.</summary>
    public const int Alike = 15;

    private const string Region = "region-";
    private const string Like = "som-";
    private const string Cluster = "klynge-";

    public static PeerGroup Everyone => new("alle", Texts.PeersEveryone, null);

    /// <summary>Everyone, the regions, the clusters that a measurement divides into, and those most like the own municipality.</summary>
    public static IEnumerable<PeerGroup> Offered(Sight sight, BenchmarkView? benchmark)
    {
        yield return Everyone;
        foreach (var area in sight.Content.Definitions.Areas.Where(area => area.Kind == AreaKind.Region))
        {
            yield return OfRegion(sight, area);
        }

        foreach (var (id, areas) in Clusters(sight.Content))
        {
            yield return new PeerGroup(id, Texts.PeersCluster.With(id[Cluster.Length..]), areas);
        }

        if (sight.Own is { } own && sight.Content.Municipality(own) is { } municipality && Alikes(sight, benchmark, Slug.Of(municipality.Name)) is { } alike)
        {
            yield return alike;
        }
    }

    /// <summary>The group of that name; <see langword="null"/> where there is none.</summary>
    public static PeerGroup? Find(Sight sight, BenchmarkView? benchmark, string? id) => id switch
    {
        null => Everyone,
        _ when id.StartsWith(Like, StringComparison.Ordinal) => Alikes(sight, benchmark, id[Like.Length..]),
        _ => Offered(sight, benchmark).FirstOrDefault(group => group.Id == id),
    };

    private static PeerGroup OfRegion(Sight sight, Area area) => new(
        Region + area.Code,
        area.Name.In(Sight.Culture),
        sight.Content.Definitions.Municipalities.Where(municipality => municipality.Region == area.Code).Select(municipality => municipality.Code).ToHashSet(StringComparer.Ordinal));

    // The group is named in the address by its municipality, so that a link means the same to whoever gets it.
    private static PeerGroup? Alikes(Sight sight, BenchmarkView? benchmark, string slug)
    {
        var view = benchmark ?? (sight.Content.Benchmarks is [var first, ..] ? first : null);
        if (view is null || sight.Content.Municipality(slug) is not { } municipality || view.Model(Sight.Culture) is not { } model || model.Find(municipality.Code, model.Headline) is null)
        {
            return null;
        }

        var neighbours = new Neighbours(model.Run.Spec, model.Results);
        return new PeerGroup(
            Like + Slug.Of(municipality.Name),
            (neighbours.ByConditions ? Texts.PeersAlike : Texts.PeersAlikeExpected).With(model.Names.Municipality(municipality.Code), Alike),
            neighbours.Of(municipality.Code, Alike).Select(neighbour => neighbour.Area).Append(municipality.Code).ToHashSet(StringComparer.Ordinal));
    }

    private static IEnumerable<(string Id, IReadOnlySet<string> Areas)> Clusters(SiteContent content) =>
        content.Measurements.FirstOrDefault(result => result.Positions.Any(position => position.Category?.StartsWith(Cluster, StringComparison.Ordinal) == true)) is { } divided
            ? divided.Positions.Where(position => position.Category is not null).GroupBy(position => position.Category!, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (group.Key, (IReadOnlySet<string>)group.Select(position => position.Area).ToHashSet(StringComparer.Ordinal)))
            : [];
}
