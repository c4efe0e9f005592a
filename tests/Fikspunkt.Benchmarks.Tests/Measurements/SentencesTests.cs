using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using FsCheck;
using FsCheck.Fluent;
using Fikspunkt.Benchmarks.Measurements.Comparison;

namespace Fikspunkt.Benchmarks.Tests.Measurements;

/// <summary>No sentence claims more than its interval, rank set or simultaneous comparison allows.</summary>
public sealed class SentencesTests
{
    private static readonly Config Replayed = Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20261120UL, 20261121UL);
    private static readonly Period Now = Period.Parse("2024QMAT04");

    [Fact]
    public void Position_AnyRankSet_NamesAPartOfTheListOnlyWhenAllOfItLiesThere() => Check(values =>
    {
        var units = 2 + (Math.Abs(values[0]) % 120);
        var (a, b) = (1 + (Math.Abs(values[1]) % units), 1 + (Math.Abs(values[2]) % units));
        var (lower, upper) = (Math.Min(a, b), Math.Max(a, b));
        var text = Sentences.Position((lower + upper) / 2, lower, upper, units);
        Implies(text, "bedste fjerdedel", "best quarter", upper <= units / 4.0);
        Implies(text, "dårligste fjerdedel", "worst quarter", lower > 3 * units / 4.0);
        Implies(text, "bedste halvdel", "best half", upper <= units / 2.0);
        Implies(text, "dårligste halvdel", "worst half", lower > units / 2.0);
        Implies(text, "også når usikkerheden regnes med", "uncertainty included", lower == upper);
    });

    [Fact]
    public void Difference_AnyInterval_ClaimsFewerOrMoreOnlyWhenZeroIsOutside() => Check(values =>
    {
        var (point, half) = (values[0] / 10.0, Math.Abs(values[1]) / 10.0);
        var text = Sentences.Difference(point, point - half, point + half, point / 10_000);
        Implies(text, "færre fuldtidspersoner end ventet", "fewer full-time persons than expected", point + half < 0);
        Implies(text, "flere fuldtidspersoner end ventet", "more full-time persons than expected", point - half > 0);
        (text.En.Contains("cannot be told", StringComparison.Ordinal)).ShouldBe(point - half <= 0 && point + half >= 0);
    });

    [Fact]
    public void Change_AnyTwoPeriods_ClaimsBetterOrWorseOnlyBeyondBothIntervalsTogether() => Check(values =>
    {
        var (before, now) = (Result(values[0] / 1e5, Math.Abs(values[1]) / 1e5), Result(values[2] / 1e5, Math.Abs(values[3]) / 1e5));
        var (change, half) = (now.Difference - before.Difference, (now.Upper - now.Lower + before.Upper - before.Lower) / 2);
        var text = Sentences.Change(before, now);
        Implies(text, "blevet bedre", "become better", change + half < 0);
        Implies(text, "blevet dårligere", "become worse", change - half > 0);
        var expected = before.Shrunken - before.Difference;
        Implies(text, "tilbagevenden mod middel", "regression to the mean", Math.Abs(change) > half && Math.Sign(expected) == Math.Sign(change) && Math.Abs(expected) >= Math.Abs(change) / 2);
    });

    [Fact]
    public void Change_BackTowardsTheExpected_NamesRegressionToTheMeanOnlyWhereItIsAtLeastHalf()
    {
        var before = Result(0.02, 0.001) with { Shrunken = 0.012 };
        Sentences.Change(before, Result(0.01, 0.001)).En.ShouldContain("regression to the mean");
        Sentences.Change(before, Result(0.001, 0.001)).En.ShouldNotContain("regression to the mean");
        Sentences.Change(before, Result(0.03, 0.001)).En.ShouldNotContain("regression to the mean");
        Sentences.Change(before, Result(0.019, 0.001)).En.ShouldNotContain("regression to the mean");
    }

    [Fact]
    public void LargestPart_IsLookedForTheWayThatTheTotalIs()
    {
        (LocalizedText, AreaResult)[] parts = [(new("Sygedagpenge", "Sickness benefit"), Result(0.02, 0.001)), (new("A-dagpenge", "Unemployment benefit"), Result(-0.03, 0.001))];
        Sentences.LargestPart(Result(0.01, 0.001), parts, 0.95)!.Da.ShouldStartWith("I tallene er afstanden over det ventede størst for Sygedagpenge (+2,00 pct.point), også når");
        Sentences.LargestPart(Result(-0.01, 0.001), parts, 0.95)!.En.ShouldStartWith("In the figures the distance below what is expected is largest for Unemployment benefit (−3.00 percentage points), also when");
        Sentences.LargestPart(Result(0.01, 0.001), parts[..1], 0.95).ShouldBeNull();
    }

    [Fact]
    public void First_AnyRankSets_NamesOneOnlyWhenNobodyElseMayBeIt() => Check(values =>
    {
        var results = values.Select((value, i) => Result(value, 1, i) with { RankLowerSimultaneous = 1 + (Math.Abs(value) % 3), RankUpperSimultaneous = 1 + (Math.Abs(value) % 3) + (Math.Abs(values[0]) % 2) }).ToList();
        var text = Sentences.First(results, area => "<" + area + ">");
        if (text.Da.Contains('<', StringComparison.Ordinal))
        {
            results.ShouldContain(result => result.RankUpperSimultaneous == 1 && text.Da.Contains("<" + result.Area + ">", StringComparison.Ordinal));
        }
        else
        {
            results.ShouldAllBe(result => result.RankUpperSimultaneous > 1);
            text.En.ShouldContain($"{results.Count(result => result.RankLowerSimultaneous == 1)} of {results.Count}");
        }
    });

    [Fact]
    public void Contradiction_OnlyPartsThatAreBeyondTheirOwnIntervalTheOtherWay()
    {
        var name = new LocalizedText("Sygedagpenge", "Sickness benefit");
        var (better, same, worse) = (Result(-0.02, 0.01), Result(0.005, 0.01), Result(0.02, 0.01));
        Sentences.Contradiction(better, [(name, worse)])!.En.ShouldContain("Sickness benefit");
        Sentences.Contradiction(worse, [(name, better)])!.Da.ShouldContain("færre end ventet på: Sygedagpenge");
        Sentences.Contradiction(better, [(name, same), (name, better)]).ShouldBeNull();
        Sentences.Contradiction(same, [(name, worse), (name, better)]).ShouldBeNull();
    }

    [Fact]
    public void ShareChange_AnyInterval_ClaimsUpOrDownOnlyWhenZeroIsOutside() => Check(values =>
    {
        var (change, half) = (values[0] / 1e5, Math.Abs(values[1]) / 1e5);
        var text = Sentences.ShareChange(change, change - half, change + half, Now);
        Implies(text, "andelen steget", "has risen", change - half > 0);
        Implies(text, "andelen faldet", "has fallen", change + half < 0);
        text.En.Contains("cannot be told", StringComparison.Ordinal).ShouldBe(change - half <= 0 && change + half >= 0);
        var figure = ClusterRanksReport.Changed(new("Udgift", "Expenditure"), 1000 * change, 1000 * half, Now);
        Implies(figure, ": steget", ": risen", change - (1.96 * half) > 0);
        Implies(figure, ": faldet", ": fallen", change + (1.96 * half) < 0);
    });

    [Fact]
    public void Contradiction_OfTwoMeasurements_OnlyWhereTheirRankSetsDoNotMeetOnOneScale() => Check(values =>
    {
        MeasuredPosition Position(int a, int b, int units)
        {
            var (low, high) = (1 + (Math.Abs(a) % units), 1 + (Math.Abs(b) % units));
            return new("101", "x", Now, 0, 0, 0, 0, Math.Min(low, high), Math.Min(low, high), Math.Max(low, high), units, null, null);
        }

        var (one, other) = (Position(values[0], values[1], 20), Position(values[2], values[3], 98));
        var text = Sentences.Contradiction(new("A", "A"), one, new("B", "B"), other);
        (text is not null).ShouldBe((one.RankUpper - 1) / 19.0 < (other.RankLower - 1) / 97.0 || (one.RankLower - 1) / 19.0 > (other.RankUpper - 1) / 97.0);
        if (text is not null)
        {
            Implies(text, "stiller kommunen bedre end", "puts the municipality better than", one.Percentile < other.Percentile);
            Implies(text, "stiller kommunen dårligere end", "puts the municipality worse than", one.Percentile > other.Percentile);
        }
    });

    [Fact]
    public void Opposite_AnyTwoIntervals_OnlyWhenBothAreBeyondChanceAndOnDifferentSides() => Check(values =>
    {
        var (country, nearest) = (new Statistics.Interval(values[0] - Math.Abs(values[1]), values[0] + Math.Abs(values[1])), new Statistics.Interval(values[2] - Math.Abs(values[3]), values[2] + Math.Abs(values[3])));
        var text = ComparisonTables.Opposite(country, nearest);
        (text is not null).ShouldBe((country.Lower > 0 && nearest.Upper < 0) || (country.Upper < 0 && nearest.Lower > 0));
        if (text is not null)
        {
            Implies(text, "højere end hele landets", "higher than the country's", country.Lower > 0);
        }
    });

    [Fact]
    public void Numbers_AreInTheFormOfTheLanguage()
    {
        var text = Sentences.Difference(-1234, -2000, -468, -0.0153);
        text.Da.ShouldContain("1.234 færre");
        text.Da.ShouldContain("−1,53 pct.");
        text.En.ShouldContain("1,234 fewer");
        text.En.ShouldContain("−1.53 per cent");
    }

    [Fact]
    public void Largest_EmploymentFrequenciesOf2009_NamesTheGroupsOfTheTableAndNotThoseOfTheText()
    {
        // Employment frequency 2009 (INDV1), Aalborg against the country. The text beside the table says that the two non-Western groups lag most.
        (string Da, string En, double Country, double Aalborg)[] table =
        [
            ("dansk oprindelse", "Danish origin", 77.7, 75.2), ("vestlige indvandrere", "Western immigrants", 62.9, 52.2), ("ikke-vestlige indvandrere", "non-Western immigrants", 54.1, 51.5),
            ("vestlige efterkommere", "Western descendants", 70.9, 63.3), ("ikke-vestlige efterkommere", "non-Western descendants", 64.6, 51.6),
        ];
        var text = GapSentences.Largest([.. table.Select(row => new GroupGap(new(row.Da, row.En), Math.Round(row.Aalborg - row.Country, 1)))], 0.95);
        text.En.ShouldBe("In the table the gap is largest for non-Western descendants (−13.0 percentage points), then Western immigrants (−10.7 percentage points). The uncertainty is not given, so the order is the table's and not established.");
        text.Da.ShouldStartWith("I tabellen er afstanden størst for ikke-vestlige efterkommere (−13,0 pct.point), dernæst vestlige indvandrere (−10,7 pct.point).");
        text.En.ShouldNotContain("non-Western immigrants");
    }

    [Fact]
    public void Largest_AnyGroups_OneAloneOnlyWhenEveryOtherIsRuledOutAndTheGapIsBeyondItsInterval() => Check(values =>
    {
        var groups = values.Select((value, i) => Group("<" + i + ">", value / 100.0, 0.01 + (Math.Abs(values[(i + 1) % values.Length]) / 500.0))).ToList();
        foreach (var wording in Enum.GetValues<GapWording>())
        {
            var text = GapSentences.Largest(groups, 0.95, wording);
            var worst = groups.MinBy(group => group.Difference)!;

            // Two-sided 0.95 over the 15 pairs of six groups: 1 - 0.05 / 30.
            Implies(text, "også når alle sammenlignes på én gang", "also when all are compared at once", groups.TrueForAll(other => other == worst || other.Difference - worst.Difference > 2.935 * (other.StandardError + worst.StandardError)));
            Implies(text, "også når alle sammenlignes på én gang", "also when all are compared at once", worst.Difference + (1.9599 * worst.StandardError) < 0);
            Implies(text, "usikkerheden tillader også", "the uncertainty also allows", worst.Difference + (1.9599 * worst.StandardError) < 0);
            text.Da.Contains(worst.Name.Da, StringComparison.Ordinal).ShouldBe(worst.Difference < 0);
        }
    });

    [Theory]
    [InlineData(0.5, "also when all are compared at once")]
    [InlineData(4.0, "but the uncertainty also allows")]
    [InlineData(20.0, "cannot be told from zero")]
    public void Largest_WithStandardErrors_IsClaimedOnlyWhenAllAtOnceAllowIt(double error, string said) =>
        GapSentences.Largest([Group("a", -13, error), Group("b", -9, error), Group("c", 1, error)], 0.95).En.ShouldContain(said);

    [Fact]
    public void Largest_TiesAndNoLag_AreTold()
    {
        GapSentences.Largest([Group("a", -3), Group("b", -3), Group("c", -1)], 0.95).En.ShouldContain("largest for a (−3.0 percentage points) and b (−3.0 percentage points), then c");
        GapSentences.Largest([Group("a", 3), Group("b", 0)], 0.95).En.ShouldBe("None of the groups lags in the figures.");
        GapSentences.Largest([], 0.95).Da.ShouldBe("Ingen af grupperne ligger efter i tallene.");
    }

    [Theory]
    [InlineData("ministry-2018")]
    [InlineData("kl-all-benefits")]
    public void Statements_OnTheSyntheticDenmark_AgreeWithTheirTables(string id)
    {
        var result = SyntheticInput.Run(id);
        var totals = result.Positions.Where(position => position.Outcome == result.Positions[0].Outcome).ToList();
        foreach (var position in totals)
        {
            var own = result.Statements.Where(statement => statement.Area == position.Area).ToList();
            var text = own.First(statement => statement.Kind == "position").Text;
            Implies(text, "færre fuldtidspersoner end ventet", "fewer full-time persons than expected", position.Upper < 0);
            Implies(text, "flere fuldtidspersoner end ventet", "more full-time persons than expected", position.Lower > 0);
            own.Exists(statement => statement.Kind == "money").ShouldBe(position.Class != SignificanceClass.AsExpected);
            own.Count(statement => statement.Kind == "contribution").ShouldBe(1);
            own.Count(statement => statement.Kind == "change").ShouldBe(1);
            own.Count(statement => statement.Kind == "gap" && statement.Text.En.Contains("what is expected is largest for", StringComparison.Ordinal)).ShouldBe(1);
        }

        var counts = result.Statements.First(statement => statement is { Area: null, Kind: "position" }).Text.En;
        counts.ShouldStartWith($"{totals.Count(position => position.Class == SignificanceClass.Better)} of 98 municipalities have fewer");
    }

    private static GroupGap Group(string name, double difference, double error = double.NaN) => new(new(name, name), difference, error);

    private static AreaResult Result(double difference, double half, int area = 101) => new(
        area.ToString(System.Globalization.CultureInfo.InvariantCulture), "total", Now, 10_000, 0.1 + difference, 0.1, difference, half / 1.96, half / 1.96, 0, difference - half, difference + half, 1, 1, 1, 1, 1,
        difference + half < 0 ? SignificanceClass.Better : difference - half > 0 ? SignificanceClass.Worse : SignificanceClass.AsExpected, difference, half, null, []);

    private static void Implies(LocalizedText text, string danish, string english, bool allowed)
    {
        var claimed = text.En.Contains(english, StringComparison.Ordinal);
        text.Da.Contains(danish, StringComparison.Ordinal).ShouldBe(claimed, "both languages claim the same");
        (claimed && !allowed).ShouldBeFalse($"'{text.En}' claims more than is allowed");
    }

    private static void Check(Action<int[]> property) => Prop.ForAll(Gen.ArrayOf(Gen.Choose(-2000, 2000), 6).ToArbitrary(), property).Check(Replayed);
}
