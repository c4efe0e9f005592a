using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>Careful sentences on single facts. What a sentence claims is chosen by what the interval or the rank set allows, never by the estimate alone.</summary>
internal static class Sentences
{
    // Rank sets that leave this share of the list open tell next to nothing of the place.
    private const double NearlyAll = 0.8;
    private const int Named = 2;

    /// <summary>A rank and what the uncertainty allows. A half or a quarter of the list is named only when the whole rank set lies in it.</summary>
    public static LocalizedText Position(int rank, int lower, int upper, int units)
    {
        if (lower == upper)
        {
            return Bilingual.Of($"Placeringen er nr. {rank} af {units}, også når usikkerheden regnes med.", $"The rank is {rank} of {units}, uncertainty included.");
        }

        if (upper - lower + 1 >= NearlyAll * units)
        {
            return Bilingual.Of(
                $"Placeringen er nr. {rank} af {units}, men usikkerheden tillader nr. {lower} til {upper}: Pladsen siger næsten intet.",
                $"The rank is {rank} of {units}, but the uncertainty allows {lower} to {upper}: the place tells next to nothing.");
        }

        var (da, en) = Part(lower, upper, units);
        return Bilingual.Of($"Placeringen er nr. {rank} af {units}; usikkerheden tillader nr. {lower} til {upper}, {da}.", $"The rank is {rank} of {units}; the uncertainty allows {lower} to {upper}, {en}.");
    }

    /// <summary>Full-time persons against what was expected. Fewer or more is claimed only when the interval excludes zero.</summary>
    /// <param name="persons">Actual - expected.</param>
    /// <param name="lower">Lower end of its interval.</param>
    /// <param name="upper">Upper end.</param>
    /// <param name="share">The difference as a share of the population.</param>
    public static LocalizedText Difference(double persons, double lower, double upper, double share)
    {
        var (point, from, to) = (Count(persons), Count(lower), Count(upper));
        return upper < 0 || lower > 0
            ? Bilingual.Of(
                $"Kommunen har {point.Da} fuldtidspersoner end ventet ({100 * share:+0.00;−0.00;0.00} pct. af befolkningen); usikkerheden tillader fra {from.Da} til {to.Da}.",
                $"The municipality has {point.En} full-time persons than expected ({100 * share:+0.00;−0.00;0.00} per cent of the population); the uncertainty allows from {from.En} to {to.En}.")
            : Bilingual.Of(
                $"Antallet af fuldtidspersoner kan ikke skelnes fra det ventede: Forskellen er {point.Da}, men usikkerheden tillader fra {from.Da} til {to.Da}.",
                $"The number of full-time persons cannot be told from what was expected: the difference is {point.En}, but the uncertainty allows from {from.En} to {to.En}.");
    }

    /// <summary>What a difference that is beyond chance costs or saves.</summary>
    public static LocalizedText Money(decimal kroner)
    {
        var millions = Math.Abs(kroner) / 1_000_000m;
        return kroner < 0
            ? Bilingual.Of($"Efter ydelsernes priser svarer forskellen til omkring {millions:N1} mio. kr. mindre om året; beløbet har ikke sit eget interval.", $"At the benefits' prices the difference is about DKK {millions:N1} million less a year; the amount has no interval of its own.")
            : Bilingual.Of($"Efter ydelsernes priser svarer forskellen til omkring {millions:N1} mio. kr. mere om året; beløbet har ikke sit eget interval.", $"At the benefits' prices the difference is about DKK {millions:N1} million more a year; the amount has no interval of its own.");
    }

    /// <summary>How a difference has changed since an earlier period.</summary>
    public static LocalizedText Change(AreaResult before, AreaResult now)
    {
        var change = PeriodChange.Of(before, now);
        return Change(change.Change, change.Lower, change.Upper, before.Period, change.Regression);
    }

    /// <summary>A change of the difference since an earlier period, shares of the population. Better or worse is claimed only when the interval excludes zero.</summary>
    /// <param name="change">The change; minus = fewer against what was expected.</param>
    /// <param name="lower">Lower end of its interval.</param>
    /// <param name="upper">Upper end.</param>
    /// <param name="from">The earlier period.</param>
    /// <param name="regression">The change that chance in the earlier period leads one to expect; named where it is at least half of one that is claimed.</param>
    public static LocalizedText Change(double change, double lower, double upper, Period from, double regression)
    {
        var (low, high) = (100 * lower, 100 * upper);
        var since = Bilingual.Of(from);
        var mayRegress = RegressionToMean.Explains(regression, change);
        if (high < 0)
        {
            var better = Bilingual.Of(
                $"Siden {since.Da} er forskellen til det ventede blevet bedre med {-100 * change:0.00} pct.point (usikkerheden tillader {-high:0.00} til {-low:0.00}).",
                $"Since {since.En} the difference from what is expected has become better by {-100 * change:0.00} percentage points (the uncertainty allows {-high:0.00} to {-low:0.00}).");
            return mayRegress
                ? Bilingual.Join(better, new("En del af det er, hvad man venter efter en usædvanlig dårlig periode (tilbagevenden mod middel).", "Part of it is what one expects after an unusually bad period (regression to the mean)."))
                : better;
        }

        if (low > 0)
        {
            var worse = Bilingual.Of(
                $"Siden {since.Da} er forskellen til det ventede blevet dårligere med {100 * change:0.00} pct.point (usikkerheden tillader {low:0.00} til {high:0.00}).",
                $"Since {since.En} the difference from what is expected has become worse by {100 * change:0.00} percentage points (the uncertainty allows {low:0.00} to {high:0.00}).");
            return mayRegress
                ? Bilingual.Join(worse, new("En del af det er, hvad man venter efter en usædvanlig god periode (tilbagevenden mod middel).", "Part of it is what one expects after an unusually good period (regression to the mean)."))
                : worse;
        }

        return Bilingual.Of(
            $"Ændringen siden {since.Da} kan ikke skelnes fra tilfældige udsving: {100 * change:+0.00;−0.00;0.00} pct.point, men usikkerheden tillader {low:+0.00;−0.00;0.00} til {high:+0.00;−0.00;0.00}.",
            $"The change since {since.En} cannot be told from chance: {100 * change:+0.00;−0.00;0.00} percentage points, but the uncertainty allows {low:+0.00;−0.00;0.00} to {high:+0.00;−0.00;0.00}.");
    }

    /// <summary>How a share has changed since an earlier period. Up or down is claimed only when the interval excludes zero.</summary>
    public static LocalizedText ShareChange(double change, double lower, double upper, Period from)
    {
        var (point, low, high, since) = (100 * change, 100 * lower, 100 * upper, Bilingual.Of(from));
        return lower > 0 || upper < 0
            ? Bilingual.Of(
                $"Siden {since.Da} er andelen {(lower > 0 ? "steget" : "faldet")} med {Math.Abs(point):0.00} pct.point (usikkerheden tillader {Math.Min(Math.Abs(low), Math.Abs(high)):0.00} til {Math.Max(Math.Abs(low), Math.Abs(high)):0.00}).",
                $"Since {since.En} the share has {(lower > 0 ? "risen" : "fallen")} by {Math.Abs(point):0.00} percentage points (the uncertainty allows {Math.Min(Math.Abs(low), Math.Abs(high)):0.00} to {Math.Max(Math.Abs(low), Math.Abs(high)):0.00}).")
            : Bilingual.Of(
                $"Andelens ændring siden {since.Da} kan ikke skelnes fra tilfældige udsving: {point:+0.00;−0.00;0.00} pct.point, men usikkerheden tillader {low:+0.00;−0.00;0.00} til {high:+0.00;−0.00;0.00}.",
                $"The share's change since {since.En} cannot be told from chance: {point:+0.00;−0.00;0.00} percentage points, but the uncertainty allows {low:+0.00;−0.00;0.00} to {high:+0.00;−0.00;0.00}.");
    }

    /// <summary>Two measurements whose rank sets do not meet, each on its own list; <see langword="null"/> where they do.</summary>
    public static LocalizedText? Contradiction(LocalizedText ownTitle, MeasuredPosition own, LocalizedText otherTitle, MeasuredPosition other)
    {
        if (own.PercentileLower <= other.PercentileUpper && other.PercentileLower <= own.PercentileUpper)
        {
            return null;
        }

        var (ownBetter, a, b) = (own.PercentileUpper < other.PercentileLower, own, other);
        return Bilingual.Of(
            $"{ownTitle.Da} stiller kommunen {(ownBetter ? "bedre" : "dårligere")} end {otherTitle.Da}, også når begges usikkerhed regnes med: nr. {a.RankLower}-{a.RankUpper} af {a.Units} mod nr. {b.RankLower}-{b.RankUpper} af {b.Units}.",
            $"{ownTitle.En} puts the municipality {(ownBetter ? "better" : "worse")} than {otherTitle.En}, with the uncertainty of both counted in: {a.RankLower}-{a.RankUpper} of {a.Units} against {b.RankLower}-{b.RankUpper} of {b.Units}.");
    }

    /// <summary>Which framework conditions move the expectation most; a fact of the model, not of the municipality. <see langword="null"/> where it has none.</summary>
    public static LocalizedText? Contributions(AreaResult result, Func<string, LocalizedText?> name)
    {
        var largest = result.Contributions.Select(part => (Name: name(part.Covariate), part.Share)).Where(part => part.Name is not null).OrderByDescending(part => Math.Abs(part.Share)).Take(Named).ToList();
        if (largest.Count == 0)
        {
            return null;
        }

        var total = 100 * result.Contributions.Sum(part => part.Share);
        var parts = largest.ConvertAll(part => Bilingual.Of($"{part.Name!.Da} ({100 * part.Share:+0.00;−0.00;0.00})", $"{part.Name!.En} ({100 * part.Share:+0.00;−0.00;0.00})"));
        return Bilingual.Of(
            $"Modellen venter {total:+0.00;−0.00;0.00} pct.point i forhold til landet. Mest betyder {string.Join(" og ", parts.Select(part => part.Da))}.",
            $"The model expects {total:+0.00;−0.00;0.00} percentage points relative to the country. What matters most is {string.Join(" and ", parts.Select(part => part.En))}.");
    }

    /// <summary>The benefit that is farthest from its expectation, the way that the total is; <see langword="null"/> where the total has one part.</summary>
    public static LocalizedText? LargestPart(AreaResult total, IEnumerable<(LocalizedText Name, AreaResult Result)> parts, double coverage)
    {
        var isAbove = total.Difference > 0;
        var gaps = parts.Select(part => new GroupGap(part.Name, 100 * (isAbove ? -part.Result.Difference : part.Result.Difference), 100 * part.Result.StandardError)).ToList();
        return gaps.Count > 1 ? GapSentences.Largest(gaps, coverage, isAbove ? GapWording.Above : GapWording.Below) : null;
    }

    /// <summary>Parts that point the other way than the whole, each beyond its own interval; <see langword="null"/> where there are none.</summary>
    public static LocalizedText? Contradiction(AreaResult total, IEnumerable<(LocalizedText Name, AreaResult Result)> parts)
    {
        var opposite = total.Class switch { SignificanceClass.Better => SignificanceClass.Worse, SignificanceClass.Worse => SignificanceClass.Better, _ => SignificanceClass.AsExpected };
        var against = opposite == SignificanceClass.AsExpected ? [] : parts.Where(part => part.Result.Class == opposite).Select(part => part.Name).ToList();
        if (against.Count == 0)
        {
            return null;
        }

        var (da, en) = (string.Join(", ", against.Select(name => name.Da)), string.Join(", ", against.Select(name => name.En)));
        return opposite == SignificanceClass.Worse
            ? Bilingual.Of($"I alt er der færre end ventet, men der er flere end ventet på: {da}.", $"There are fewer than expected in all, but more than expected on: {en}.")
            : Bilingual.Of($"I alt er der flere end ventet, men der er færre end ventet på: {da}.", $"There are more than expected in all, but fewer than expected on: {en}.");
    }

    /// <summary>Who is first. One is named only when it is first with all municipalities judged at once.</summary>
    public static LocalizedText First(IReadOnlyList<AreaResult> results, Func<string, string> name)
    {
        if (results.FirstOrDefault(result => result.RankUpperSimultaneous == 1) is { } first)
        {
            return Bilingual.Of($"{name(first.Area)} er nr. 1, også når alle kommuner vurderes på én gang.", $"{name(first.Area)} is first, also when all municipalities are judged at once.");
        }

        var candidates = results.Count(result => result.RankLowerSimultaneous == 1);
        return Bilingual.Of(
            $"Nr. 1 kan ikke udpeges: Når alle kommuner vurderes på én gang, kan {candidates} af {results.Count} være det.",
            $"No municipality can be named first: with all judged at once, {candidates} of {results.Count} may be it.");
    }

    /// <summary>How many can be told from what is expected, and how many chance alone would give.</summary>
    public static LocalizedText Counts(IReadOnlyList<AreaResult> results, double coverage)
    {
        var (fewer, more) = (results.Count(result => result.Class == SignificanceClass.Better), results.Count(result => result.Class == SignificanceClass.Worse));
        var chance = (1 - coverage) * results.Count;
        return Bilingual.Of(
            $"{fewer} af {results.Count} kommuner har færre fuldtidspersoner end ventet, {more} har flere, og {results.Count - fewer - more} kan ikke skelnes fra det ventede. Selv hvis ingen afveg, ville omkring {chance:0} gøre det ved et tilfælde.",
            $"{fewer} of {results.Count} municipalities have fewer full-time persons than expected, {more} have more, and {results.Count - fewer - more} cannot be told from what is expected. Even if none departed, about {chance:0} would seem to by chance.");
    }

    private static (string Da, string En) Part(int lower, int upper, int units) =>
        4 * upper <= units ? ("altså i den bedste fjerdedel", "which is in the best quarter")
        : 4 * (lower - 1) >= 3 * units ? ("altså i den dårligste fjerdedel", "which is in the worst quarter")
        : 2 * upper <= units ? ("altså i den bedste halvdel", "which is in the best half")
        : 2 * (lower - 1) >= units ? ("altså i den dårligste halvdel", "which is in the worst half")
        : ("altså på begge sider af midten", "which is on both sides of the middle");

    private static LocalizedText Count(double persons) => persons < 0
        ? Bilingual.Of($"{-persons:N0} færre", $"{-persons:N0} fewer")
        : Bilingual.Of($"{persons:N0} flere", $"{persons:N0} more");
}
