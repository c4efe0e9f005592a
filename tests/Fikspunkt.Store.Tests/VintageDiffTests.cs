using Fikspunkt.Domain;
using Fikspunkt.Testing;

namespace Fikspunkt.Store.Tests;

public sealed class VintageDiffTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ObservationStore store;

    public VintageDiffTests() => store = ObservationStore.Open(folder.File("store.duckdb"));

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Diff_ChangedAddedRemoved_AreListedInOrderWithBothSides()
    {
        var extra = Samples.Few[0] with { Area = "999" };
        var before = store.Import(Samples.Few);
        var after = store.Import(
        [
            extra,
            Samples.Few[0] with { Value = 1 },
            Samples.Few[1] with { Status = ObservationStatus.Ok },
            Samples.Few[3] with { Raw = "other" },
            Samples.Few[4] with { Value = null, Status = ObservationStatus.Suppressed },
            Samples.Few[5],
        ]);

        var diff = store.Diff(before.Id, after.Id);

        (diff.Before, diff.After).ShouldBe((before, after));
        (diff.Added, diff.Removed, diff.Changed, diff.Unchanged).ShouldBe((1, 1, 3, 2));
        diff.Rows.ShouldBe(
        [
            new ObservationChange(ChangeKind.Changed, Samples.Few[4], Samples.Few[4] with { Value = null, Status = ObservationStatus.Suppressed }),
            new ObservationChange(ChangeKind.Changed, Samples.Few[0], Samples.Few[0] with { Value = 1 }),
            new ObservationChange(ChangeKind.Changed, Samples.Few[1], Samples.Few[1] with { Status = ObservationStatus.Ok }),
            new ObservationChange(ChangeKind.Removed, Samples.Few[2], null),
            new ObservationChange(ChangeKind.Added, null, extra),
        ]);
        diff.Rows.Count().ShouldBe(5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Diff_RandomVintages_AgreesWithComparingInMemory(int seed)
    {
        var random = new Random(seed);
        var first = Samples.Random(random, 3000);
        var second = first.Where(_ => random.Next(20) > 0)
            .Select(o => random.Next(20) > 0 || o.Value is null ? o : o with { Value = o.Value + 1 })
            .Concat(Samples.Random(random, 100)).DistinctBy(o => (o.Area, o.Period, o.Indicator, o.Breakdown)).ToList();
        var diff = store.Diff(store.Import(first).Id, store.Import(second).Id);

        var old = first.ToDictionary(o => (o.Area, o.Period, o.Indicator, o.Breakdown));
        var later = second.ToDictionary(o => (o.Area, o.Period, o.Indicator, o.Breakdown));
        var expected = old.Keys.Union(later.Keys)
            .Select(key => (Old: old.GetValueOrDefault(key), New: later.GetValueOrDefault(key)))
            .Where(pair => pair.Old?.Value != pair.New?.Value || pair.Old?.Status != pair.New?.Status)
            .ToDictionary(pair => (pair.Old ?? pair.New)!);
        var rows = diff.Rows.ToList();
        rows.Select(row => (row.Old ?? row.New)!).ShouldBe(expected.Keys.Ordered());
        rows.ShouldAllBe(row => expected[(row.Old ?? row.New)!].Old == row.Old && expected[(row.Old ?? row.New)!].New == row.New);
        (diff.Added + diff.Removed + diff.Changed).ShouldBe(rows.Count);
        diff.Unchanged.ShouldBe(old.Keys.Union(later.Keys).Count() - rows.Count);
    }

    [Fact]
    public void Diff_OtherTableOrNoVintage_IsRefused()
    {
        store.Import(Samples.Few);
        store.Import(Samples.Few, Samples.Header with { Table = "other" });
        Should.Throw<InputException>(() => store.Diff(1, 2)).Problems[0].Rule.ShouldBe(Texts.DifferentTables);
        Should.Throw<InputException>(() => store.Diff(1, 3)).Problems[0].Rule.ShouldBe(Texts.NoSuchVintage);
        store.Diff(1, 1).Rows.ShouldBeEmpty();
    }
}
