using Fikspunkt.Domain;
using Fikspunkt.Reports;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Charts;

/// <summary>Who is compared with whom, by which rule, on what.</summary>
/// <param name="Areas">The municipalities, the one that a group is made for first.</param>
/// <param name="Asked">How many were named in the address.</param>
/// <param name="Group">Id of the rule that made the group; empty when the user named each.</param>
/// <param name="Rule">The rule in words; always shown.</param>
/// <param name="Distances">Distance from the first by the rule, where the rule has distances.</param>
/// <param name="Subject">What is compared; <see langword="null"/> where there are no figures at all.</param>
/// <param name="Unknown">Values of the address that name nothing.</param>
internal sealed record CompareChoice(
    IReadOnlyList<Municipality> Areas,
    int Asked,
    string Group,
    string Rule,
    IReadOnlyDictionary<string, double> Distances,
    CompareSubject? Subject,
    IReadOnlyList<string> Unknown)
{
    public const int Most = 6;
    public const string Nearest = "naermeste";
    public const string Region = "region";
    public const string Commuting = "pendling";
    public const string Neighbouring = "naboer";
    private const int NearestCount = 5;

    /// <summary>Every rule.</summary>
    public static IReadOnlyList<string> Groups { get; } = [Nearest, Region, Commuting, Neighbouring];

    /// <summary>Whether there is something to compare.</summary>
    public bool Ready => Unknown.Count == 0 && Areas.Count > 1 && Subject is not null;

    public static CompareChoice Of(Sight sight)
    {
        var asked = sight.Query.All(SiteQuery.Areas).Distinct(StringComparer.Ordinal).ToList();
        var unknown = asked.Where(code => sight.Content.Municipality(code) is null).ToList();
        List<Municipality> areas = [.. asked.Select(sight.Content.Municipality).OfType<Municipality>().Distinct()];
        var group = sight.Query.First(SiteQuery.Peers) ?? "";

        // Whoever has said which municipality is theirs, and nothing else, sees it with its nearest.
        if (asked.Count == 0 && sight.Content.Municipality(sight.Own) is { } own)
        {
            areas = [own];
            group = group.Length == 0 ? Nearest : group;
        }

        if (group.Length > 0 && !Groups.Contains(group, StringComparer.Ordinal))
        {
            unknown.Add(group);
        }

        var (subject, wrong) = CompareSubject.Of(sight);
        unknown.AddRange(wrong);
        var (members, rule, distances) = Members(sight, areas, group);
        return new CompareChoice(members, areas.Count, group, rule, distances, subject, unknown);
    }

    /// <summary>A group's name in the form.</summary>
    public static string GroupName(string group) => group switch
    {
        Nearest => Texts.GroupNearest,
        Region => Texts.GroupRegion,
        Commuting => Texts.GroupCommuting,
        Neighbouring => Texts.GroupNeighbours,
        _ => Texts.GroupOwn,
    };

    private static (IReadOnlyList<Municipality> Members, string Rule, IReadOnlyDictionary<string, double> Distances) Members(Sight sight, List<Municipality> areas, string group)
    {
        var none = new Dictionary<string, double>(StringComparer.Ordinal);
        if (areas.Count == 0 || !Groups.Contains(group, StringComparer.Ordinal))
        {
            return ([.. areas.Take(Most)], Texts.RuleOwn, none);
        }

        var (first, all) = (areas[0], sight.Content.Definitions.Municipalities);
        string Name(string code) => sight.Content.Definitions.Areas.FirstOrDefault(area => area.Code == code)?.Name.In(Sight.Culture) ?? code;
        (IReadOnlyList<Municipality>, string, IReadOnlyDictionary<string, double>) With(IEnumerable<Municipality> others, string rule) => ([first, .. others.Where(other => other != first)], rule, none);
        switch (group)
        {
            case Region:
                return With(all.Where(other => other.Region == first.Region), Texts.RuleRegion.With(Name(first.Region)));
            case Commuting:
                return With(all.Where(other => other.CommutingArea == first.CommutingArea), Texts.RuleCommuting.With(Name(first.CommutingArea)));
            case Neighbouring:
                return With(all.Where(other => first.Neighbours.Contains(other.Code, StringComparer.Ordinal)), Texts.RuleNeighbours.With(first.NameIn(Sight.Culture)));
            default:
                var model = MunicipalityChoice.Of(sight with { Query = new SiteQuery([]) }).Choice?.Model;
                if (model?.Find(first.Code, model.Headline) is null)
                {
                    return ([first], Texts.RuleNearestNone.With(first.NameIn(Sight.Culture)), none);
                }

                var neighbours = new Neighbours(model.Run.Spec, model.Results);
                var near = neighbours.Of(first.Code, NearestCount);
                return (
                    [first, .. near.Select(neighbour => sight.Content.Municipality(neighbour.Area)).OfType<Municipality>()],
                    Texts.RuleNearest.With(NearestCount, first.NameIn(Sight.Culture)) + " " + (neighbours.ByConditions ? Reports.Texts.ExplainNearest : Reports.Texts.ExplainNearestExpected),
                    near.ToDictionary(neighbour => neighbour.Area, neighbour => neighbour.Distance, StringComparer.Ordinal));
        }
    }
}
