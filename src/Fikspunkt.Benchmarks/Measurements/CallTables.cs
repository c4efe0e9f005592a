using System.Globalization;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>Tables and sentences on whom to call.</summary>
internal sealed class CallTables(ModelSpec model, CallSearch[] searches, IReadOnlyDictionary<string, string> names)
{
    private static readonly CultureInfo Danish = CultureInfo.GetCultureInfo("da-DK");

    // How the ones named stand on everything together, so that fewer on one benefit is not taken for fewer on all.
    private readonly Dictionary<string, SignificanceClass> total = searches[0].Latest.Areas.Select((area, i) => (area, searches[0].Latest.Interval(i, model.Ranking.Coverage).Class))
        .ToDictionary(pair => pair.area, pair => pair.Class, StringComparer.Ordinal);

    /// <summary>One row a weak point and municipality named; one where nobody is.</summary>
    public MeasurementTable Calls() => new(
        "whom-to-call",
        new("Hvem skal man ringe til?", "Whom to call"),
        new(
            "Et svagt punkt er flere personer end ventet ud over det tilfældige. Nævnt er de nærmeste, som ligner på det, der har betydning for ydelsen, og er sikkert bedre i den seneste periode og i hver af de tidligere. Hvor ingen opfylder det hele, nævnes ingen.",
            "A weak point is more persons than expected beyond chance. Named are the nearest that are alike in what matters for the benefit and are surely better in the latest period and in each of the earlier ones. Where none meets all of that, nobody is named."),
        [
            new("area", new("Kommune", "Municipality"), ColumnKind.Area),
            new("outcome", new("Svagt punkt", "Weak point"), ColumnKind.Text),
            new("difference_pp", new("Forskel fra det ventede", "Difference from what is expected"), ColumnKind.Points),
            new("lower_pp", new("Fra", "From"), ColumnKind.Points),
            new("upper_pp", new("Til", "To"), ColumnKind.Points),
            new("call", new("Ring til", "Call"), ColumnKind.Area),
            new("distance", new("Afstand", "Distance"), ColumnKind.Number),
            new("unlike", new("Forskellen ligger mest i", "The distance lies mostly in"), ColumnKind.Text),
            new("fewer_persons", new("Færre personer med samme resultat", "Persons fewer with the same result"), ColumnKind.Persons),
            new("fewer_at_least", new("Mindst", "At least"), ColumnKind.Persons),
            new("call_total", new("Den nævnte kommune i alt", "The one named, in total"), ColumnKind.Text),
            new("alike", new("Ligner", "Alike"), ColumnKind.Count),
            new("better", new("Heraf sikkert bedre", "Of those surely better"), ColumnKind.Count),
            new("lasting", new("Heraf i alle perioder", "Of those in all periods"), ColumnKind.Count),
            new("nobody", new("Hvorfor ingen", "Why nobody"), ColumnKind.Text),
        ],
        [.. from search in searches from weak in search.Weak orderby search.Latest.Areas[weak.Area] from row in Rows(search, weak) select row]);

    /// <summary>What makes municipalities alike, by outcome.</summary>
    public MeasurementTable Drivers() => new(
        "what-matters",
        new("Hvad der gør kommuner ens", "What makes municipalities alike"),
        new(
            "Vægten er, hvor mange standardafvigelser ydelsens omfang følger med, når vilkåret ændres én standardafvigelse. To kommuners afstand er kvadratroden af summen af (vægt gange forskel i vilkår) i anden.",
            "The weight is how many standard deviations the benefit's extent follows when the condition changes by one. The distance of two municipalities is the root of the sum of (weight times difference in the condition) squared."),
        [
            new("outcome", new("Ydelse", "Benefit"), ColumnKind.Text),
            new("condition", new("Rammevilkår", "Framework condition"), ColumnKind.Text),
            new("weight", new("Vægt", "Weight"), ColumnKind.Number),
        ],
        [.. from search in searches
            from pair in model.Covariates.Select((covariate, k) => (covariate.Name, Weight: search.Weights[k])).OrderByDescending(pair => pair.Weight)
            select (IReadOnlyList<object?>)[search.Name, pair.Name, pair.Weight]]);

    /// <summary>How many weak points each requirement leaves.</summary>
    public MeasurementTable Counts() => new(
        "requirements",
        new("Hvor mange svage punkter hvert krav lader tilbage", "How many weak points each requirement leaves"),
        new("Hvert tal er svage punkter, hvor mindst én kommune opfylder kravet og dem til venstre.", "Each figure is weak points where at least one municipality meets the requirement and those to its left."),
        [
            new("outcome", new("Ydelse", "Benefit"), ColumnKind.Text),
            new("weak", new("Svage punkter", "Weak points"), ColumnKind.Count),
            new("alike", new("Nogen ligner", "Somebody is alike"), ColumnKind.Count),
            new("better", new("Og er sikkert bedre", "And is surely better"), ColumnKind.Count),
            new("lasting", new("Og er det vedvarende", "And lastingly so"), ColumnKind.Count),
        ],
        [.. searches.Select(search => (IReadOnlyList<object?>)
        [
            search.Name, search.Weak.Count, search.Weak.Count(weak => weak.Alike > 0), search.Weak.Count(weak => weak.Better > 0), search.Weak.Count(weak => weak.Lasting > 0),
        ])]);

    /// <summary>A sentence on the country and one on each weak point.</summary>
    public IEnumerable<Statement> Statements()
    {
        var weak = searches.Sum(search => search.Weak.Count);
        var helped = searches.Sum(search => search.Weak.Count(point => point.Calls.Count > 0));
        yield return new Statement(null, "position", new(
            $"Ved {helped} af {weak} svage punkter er der en kommune, der ligner og er sikkert og vedvarende bedre; ved de øvrige nævnes ingen.",
            $"At {helped} of {weak} weak points there is a municipality that is alike and surely and lastingly better; at the others nobody is named."));
        foreach (var (search, point) in searches.SelectMany(search => search.Weak.Select(point => (search, point))).OrderBy(pair => pair.search.Latest.Areas[pair.point.Area], StringComparer.Ordinal))
        {
            yield return new Statement(search.Latest.Areas[point.Area], "position", Sentence(search, point));
            foreach (var call in point.Calls)
            {
                var code = search.Latest.Areas[call.Area];
                if (total.GetValueOrDefault(code) == SignificanceClass.Worse)
                {
                    yield return new Statement(search.Latest.Areas[point.Area], "contradiction", new(
                        $"{names.GetValueOrDefault(code, code)} er bedre på {search.Name.Da}, men har flere end ventet i alt, ud over det tilfældige.",
                        $"{names.GetValueOrDefault(code, code)} is better on {search.Name.En} but has more than expected in total, beyond chance."));
                }
            }
        }
    }

    private static LocalizedText Sentence(CallSearch search, WeakPoint point, string da, string en) => new(
        $"{search.Name.Da}: flere end ventet ud over det tilfældige ({Points(point.Lower, Danish)} til {Points(point.Upper, Danish)} procentpoint). {da}",
        $"{search.Name.En}: more than expected beyond chance ({Points(point.Lower, CultureInfo.InvariantCulture)} to {Points(point.Upper, CultureInfo.InvariantCulture)} percentage points). {en}");

    private LocalizedText Sentence(CallSearch search, WeakPoint point)
    {
        if (point.Calls.Count == 0)
        {
            var reason = Reason(point.Reason)!;
            return Sentence(search, point, $"Ingen nævnes: {reason.Da}.", $"Nobody is named: {reason.En}.");
        }

        var who = point.Calls.Select(call => names.GetValueOrDefault(search.Latest.Areas[call.Area], search.Latest.Areas[call.Area])).ToList();
        return Sentence(
            search,
            point,
            search.Periods == 1 ? $"Det kan være værd at spørge {Join(who, "og")}, som har lignende vilkår og ligger sikkert bedre." : $"Det kan være værd at spørge {Join(who, "og")}, som har lignende vilkår og ligger bedre i hver af de seneste {search.Periods} perioder, ud over det tilfældige.",
            search.Periods == 1 ? $"It may be worth asking {Join(who, "and")}, under like conditions and surely better." : $"It may be worth asking {Join(who, "and")}, under like conditions and better in each of the latest {search.Periods} periods, beyond chance.");
    }

    private IEnumerable<IReadOnlyList<object?>> Rows(CallSearch search, WeakPoint weak)
    {
        object?[] own = [search.Latest.Areas[weak.Area], search.Name, search.Latest.Difference(weak.Area), weak.Lower, weak.Upper];
        object?[] counts = [weak.Alike, weak.Better, weak.Lasting, Reason(weak.Reason)];
        if (weak.Calls.Count == 0)
        {
            yield return [.. own, null, double.NaN, null, double.NaN, double.NaN, null, .. counts];
        }

        foreach (var call in weak.Calls)
        {
            var code = search.Latest.Areas[call.Area];
            yield return [.. own, code, call.Distance, Unlike(call), call.Persons, call.PersonsAtLeast, total.TryGetValue(code, out var @class) ? Named(@class) : null, .. counts];
        }
    }

    // The two covariates that add most to the squared distance.
    private LocalizedText Unlike(Call call)
    {
        var sum = call.Parts.Sum();
        var largest = sum > 0 ? call.Parts.Select((part, k) => (Share: part / sum, model.Covariates[k].Name)).OrderByDescending(part => part.Share).Take(2).ToList() : [];
        return largest.Count == 0
            ? new("ingen forskel", "no difference")
            : new(string.Join(", ", largest.Select(part => $"{part.Name.Da} ({100 * part.Share:0} pct.)")), string.Join(", ", largest.Select(part => $"{part.Name.En} ({100 * part.Share:0} per cent)")));
    }

    private static LocalizedText Named(SignificanceClass @class) => @class switch
    {
        SignificanceClass.Better => new("færre end ventet", "fewer than expected"),
        SignificanceClass.Worse => new("flere end ventet", "more than expected"),
        _ => new("ikke til at skelne fra det ventede", "not to be told from what is expected"),
    };

    private static LocalizedText? Reason(NobodyReason reason) => reason switch
    {
        NobodyReason.NobodyAlike => new("ingen ligner nok", "nobody is alike enough"),
        NobodyReason.NobodyBetter => new("ingen af dem, der ligner, er sikkert bedre", "none of those alike is surely better"),
        NobodyReason.NobodyLasting => new("ingen af dem, der ligner og er bedre, har været det i alle perioder", "none of those alike and better has been so in all periods"),
        _ => null,
    };

    private static string Points(double share, CultureInfo culture) => (100 * share).ToString("+0.00;-0.00", culture);

    private static string Join(IReadOnlyList<string> who, string and) => who.Count == 1 ? who[0] : $"{string.Join(", ", who.Take(who.Count - 1))} {and} {who[^1]}";
}
