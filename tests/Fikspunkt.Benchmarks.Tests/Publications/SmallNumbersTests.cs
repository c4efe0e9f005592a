using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Benchmarks.Tests.Published;
using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Tests.Publications;

public sealed class SmallNumbersTests
{
    private const string Count = "y30r21_actual_persons";

    private static readonly DefinitionSet Definitions = PublishedData.Definitions(["A", "B", "C"]) with
    {
        BenefitGroups = [Group("all", null), Group("one", "all"), Group("two", "all"), Group("three", null)],
    };

    private static BenefitGroup Group(string id, string? parent) => new(id, new LocalizedText(id, id), parent, null, null, [], null, "test");

    private static Observation Cell(string area, string? group, double? value, string indicator = Count) => new(
        area, PublishedData.Periods[0], indicator, group is null ? "" : Breakdown.OfBenefitGroup(group), value, value is null ? ObservationStatus.Suppressed : value == 0 ? ObservationStatus.Zero : ObservationStatus.Ok);

    private static string Hidden(params Observation[] cells) =>
        string.Concat(SmallNumbers.Suppress(cells, Definitions).Select(o => o.Status == ObservationStatus.Suppressed ? 'x' : '.'));

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.4, true)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(2.4, true)]
    [InlineData(2.5, false)]
    [InlineData(3, false)]
    public void Suppress_SingleCell_HidesOneAndTwo(double value, bool hidden)
    {
        var found = SmallNumbers.Suppress([Cell("101", "three", value)], Definitions).ShouldHaveSingleItem();
        (found.Status == ObservationStatus.Suppressed, found.Value is null).ShouldBe((hidden, hidden));
    }

    [Fact]
    public void Suppress_Shares_AreLeftAlone() => Hidden(Cell("101", "three", 1.2, "y30r21_actual_share_pct"), Cell("101", null, 2, "not-defined")).ShouldBe("..");

    [Fact]
    public void Suppress_OneOfASum_HidesTheSmallestOther() =>
        Hidden(Cell("101", null, 60), Cell("101", "one", 2), Cell("101", "two", 50), Cell("101", "three", 8)).ShouldBe(".x.x");

    [Fact]
    public void Suppress_TwoOfASum_NeedNoThird() =>
        Hidden(Cell("101", null, 53), Cell("101", "one", 2), Cell("101", "two", 1), Cell("101", "three", 50)).ShouldBe(".xx.");

    [Fact]
    public void Suppress_HiddenByTheSource_IsProtectedToo() =>
        Hidden(Cell("101", null, 60), Cell("101", "one", null), Cell("101", "two", 50), Cell("101", "three", 8)).ShouldBe(".x.x");

    [Fact]
    public void Suppress_ParentGroup_IsATotal() =>
        Hidden(Cell("101", "all", 32), Cell("101", "one", 2), Cell("101", "two", 30), Cell("101", "three", 8)).ShouldBe(".xx.");

    [Fact]
    public void Suppress_OnlyZerosBeside_HidesTheTotal() => Hidden(Cell("101", null, 2.4), Cell("101", "one", 2.4), Cell("101", "two", 0)).ShouldBe("xx.");

    [Fact]
    public void Suppress_HiddenTotal_CannotBeAddedUp() => Hidden(Cell("101", null, null), Cell("101", "one", 20), Cell("101", "three", 30)).ShouldBe("xx.");

    [Fact]
    public void Suppress_CountryTotal_HidesASecondMunicipality() =>
        Hidden(Cell("000", "three", 40), Cell("101", "three", 1), Cell("102", "three", 9), Cell("103", "three", 30)).ShouldBe(".xx.");

    [Fact]
    public void Suppress_NoTotalPublished_HidesNothingMore() => Hidden(Cell("101", "one", 2), Cell("101", "two", 50)).ShouldBe("x.");

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Suppress_OtherLimits_AreRefused(int largest) => Should.Throw<ArgumentOutOfRangeException>(() => SmallNumbers.Suppress([], Definitions, largest));

    [Fact]
    public void Suppress_RandomTables_NoSumLeavesExactlyOneHidden()
    {
        var random = new Statistics.Numerics.CounterRandom(12);
        for (var table = 0; table < 300; table++)
        {
            var cells = new List<Observation>();
            string[] groups = ["one", "two", "three"];
            string[] areas = ["101", "102", "103"];
            var counts = areas.Select((_, a) => groups.Select((_, g) => Math.Floor(8 * random.Uniforms(table, (10 * a) + g).First)).ToArray()).ToArray();
            for (var a = 0; a < 3; a++)
            {
                cells.AddRange(groups.Select((group, g) => Cell(areas[a], group, counts[a][g])));
                cells.Add(Cell(areas[a], null, counts[a].Sum()));
            }

            cells.AddRange(groups.Select((group, g) => Cell("000", group, counts.Sum(row => row[g]))));
            cells.Add(Cell("000", null, counts.Sum(row => row.Sum())));
            var found = SmallNumbers.Suppress(cells, Definitions).ToDictionary(o => (o.Area, o.Breakdown));
            found.Values.ShouldAllBe(o => o.Value == null || o.Value == 0 || o.Value >= 3);
            foreach (var area in areas.Append("000"))
            {
                found.Values.Count(o => o.Area == area && o.Status == ObservationStatus.Suppressed).ShouldNotBe(1);
            }

            foreach (var breakdown in groups.Select(Breakdown.OfBenefitGroup).Append(""))
            {
                found.Values.Count(o => o.Breakdown == breakdown && o.Status == ObservationStatus.Suppressed).ShouldNotBe(1);
            }
        }
    }

    [Fact]
    public void SuppressTogether_CellHiddenInOneVintage_IsHiddenInTheOther()
    {
        // Two is hidden because one is, and would be known from the vintage before; three has nothing to hide.
        Observation[] now = [Cell("101", "all", 10), Cell("101", "one", 1), Cell("101", "two", 9), Cell("101", "three", 40)];
        Observation[] earlier = [Cell("101", "all", 15), Cell("101", "one", 6), Cell("101", "two", 9), Cell("101", "three", 41)];
        var (first, second) = SmallNumbers.SuppressTogether(now, earlier, Definitions);
        first.Select(cell => cell.Status == ObservationStatus.Suppressed).ShouldBe([false, true, true, false]);
        second.Select(cell => cell.Status == ObservationStatus.Suppressed).ShouldBe([false, true, true, false]);
    }

    [Fact]
    public void SuppressTogether_NoEarlierVintage_IsAsAlone()
    {
        Observation[] now = [Cell("101", "all", 10), Cell("101", "one", 1), Cell("101", "two", 9)];
        var (first, second) = SmallNumbers.SuppressTogether(now, [], Definitions);
        first.ShouldBe(SmallNumbers.Suppress(now, Definitions));
        second.ShouldBeEmpty();
    }
}
