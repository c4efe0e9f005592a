using Fikspunkt.Domain;
using Fikspunkt.DuckDb;
using Fikspunkt.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Fikspunkt.Store.Tests;

public sealed class ObservationStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string StorePath => folder.File("lager/store.duckdb");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Import_FewRows_AreThereAfterReopening()
    {
        Vintage imported;
        using (var store = ObservationStore.Open(StorePath))
        {
            store.Vintages().ShouldBeEmpty();
            imported = store.Import(Samples.Few.Reverse());
            store.Vintages().ShouldBe([imported]);
        }

        using var again = ObservationStore.Open(StorePath);
        again.Vintages().ShouldBe([imported]);
        again.Latest("y30r21").ShouldBe(imported);
        again.Latest("other").ShouldBeNull();
        (imported.Id, imported.Rows, imported.SameValuesAs).ShouldBe((1, 6L, null));
        imported.ValueHash.ShouldBe(ValueHash.Of(Samples.Few));
        new VintageHeader(imported.Table, imported.Source, imported.Origin, imported.Retrieved, imported.ContentHash, imported.Synthetic).ShouldBe(Samples.Header);
        again.Read(1).ShouldBe(Samples.Few.Ordered());
    }

    [Fact]
    public void Import_SameValuesAgain_IsANewVintageThatSaysSo()
    {
        using var store = ObservationStore.Open(StorePath);
        var first = store.Import(Samples.Few);
        var other = store.Import(Samples.Few.Take(2));
        var again = store.Import(Samples.Few.Select(o => o with { Raw = null }), Samples.Header with { Origin = "again.json", ContentHash = "cd34", Synthetic = true });
        var elsewhere = store.Import(Samples.Few, Samples.Header with { Table = "dst-municipalities" });

        again.ValueHash.ShouldBe(first.ValueHash);
        (first.SameValuesAs, other.SameValuesAs, again.SameValuesAs, elsewhere.SameValuesAs).ShouldBe((null, null, 1, null));
        store.Vintages().ShouldBe([first, other, again, elsewhere]);
        store.Vintages("y30r21").ShouldBe([first, other, again]);
        again.Synthetic.ShouldBeTrue();
        store.Read(again.Id).ShouldAllBe(o => o.Raw == null);
    }

    [Fact]
    public void Import_RandomRowsInAnyOrder_ReadBackSortedWithTheDomainsHash()
    {
        using var store = ObservationStore.Open(StorePath);
        Check.One(Config.QuickThrowOnFailure.WithReplay(2026, 11).WithMaxTest(25), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var rows = Samples.Random(random, random.Next(0, 400));
            var vintage = store.Import(rows);
            vintage.Rows.ShouldBe(rows.Count);
            vintage.ValueHash.ShouldBe(ValueHash.Of(rows));
            store.Read(vintage.Id).ShouldBe(rows.Ordered());
        }));
    }

    [Fact]
    public void Import_ManySegmentsAndBlocks_ReadsBack()
    {
        var rows = Samples.Random(new Random(7), 150_000);
        using var store = ObservationStore.Open(StorePath);
        var vintage = store.Import(rows);
        vintage.ValueHash.ShouldBe(ValueHash.Of(rows));
        store.Read(vintage.Id).SequenceEqual(rows.Ordered()).ShouldBeTrue();
    }

    [Fact]
    public void Import_NegativeZero_IsZero()
    {
        using var store = ObservationStore.Open(StorePath);
        var plus = store.Import([Samples.Few[4]]);
        var minus = store.Import([Samples.Few[4] with { Value = -0.0 }]);
        minus.SameValuesAs.ShouldBe(plus.Id);
        double.IsNegative(store.Read(minus.Id)[0].Value!.Value).ShouldBeFalse();
    }

    [Fact]
    public void Import_DuplicateKeys_NameBothLinesAndChangeNothing()
    {
        using var store = ObservationStore.Open(StorePath);
        store.Import(Samples.Few);
        var problems = Should.Throw<InputException>(() => store.Import([.. Samples.Few, Samples.Few[1] with { Value = 5 }, Samples.Few[0], Samples.Few[1]])).Problems;

        problems.Select(problem => (problem.File, problem.Line)).ShouldBe([("udtræk.csv", 8), ("udtræk.csv", 9), ("udtræk.csv", 10)]);
        problems.Select(problem => problem.Rule).ShouldBe([Texts.Duplicate.With(3), Texts.Duplicate.With(2), Texts.Duplicate.With(3)]);
        problems[0].Found.ShouldBe("147, 2020, population");
        store.Vintages().Count.ShouldBe(1);
        store.Import(Samples.Few).Id.ShouldBe(2);
    }

    [Fact]
    public void Import_ManyDuplicates_ReportsTheFirstHundred()
    {
        using var store = ObservationStore.Open(StorePath);
        Should.Throw<InputException>(() => store.Import(Enumerable.Repeat(Samples.Few[0], 500))).Problems.Count.ShouldBe(100);
    }

    [Fact]
    public void Import_FaultyValues_AreReportedTogether()
    {
        using var store = ObservationStore.Open(StorePath);
        var problems = Should.Throw<InputException>(() => store.Import(
        [
            Samples.Few[0] with { Value = double.NaN, Raw = "NaN" }, Samples.Few[0], Samples.Few[0] with { Value = double.PositiveInfinity }, Samples.Few[0] with { Breakdown = "a\tb" },
        ])).Problems;
        problems.Select(problem => (problem.Rule, problem.Line, problem.Found)).ShouldBe(
            [(Texts.NotFinite, 2, "NaN"), (Texts.NotFinite, 4, "Infinity"), (Texts.ControlCharacter, 5, "a\tb")]);
        Should.Throw<InputException>(() => store.Import(Enumerable.Repeat(Samples.Few[0] with { Value = double.NaN }, 500))).Problems.Count.ShouldBe(100);
        Should.Throw<ArgumentException>(() => store.Import([Samples.Few[0] with { Value = null }]));
        Should.Throw<ArgumentException>(() => store.Import([Samples.Few[0] with { Status = ObservationStatus.Suppressed }]));
        store.Vintages().ShouldBeEmpty();
    }

    [Fact]
    public void Import_FailingOrCancelledReader_ChangesNothing()
    {
        using var store = ObservationStore.Open(StorePath);
        Should.Throw<InvalidDataException>(() => store.Import(Samples.Header, writer =>
        {
            Samples.Append(writer, Samples.Few);
            throw new InvalidDataException();
        }));
        using var source = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => store.Import(
            Samples.Header,
            writer =>
            {
                Samples.Append(writer, Samples.Few);
                source.Cancel();
            },
            source.Token));
        store.Vintages().ShouldBeEmpty();
        store.Import(Samples.Few).Id.ShouldBe(1);
    }

    [Fact]
    public void Read_Filters_LetThroughWhatMatchesAll()
    {
        using var store = ObservationStore.Open(StorePath);
        var id = store.Import(Samples.Few).Id;
        store.Import(Samples.Random(new Random(3), 50));

        store.Read(id, new ObservationFilter(Indicators: ["population"], Areas: ["101", "825", "nowhere"])).Select(o => o.Area).ShouldBe(["101", "825"]);
        store.Read(id, new ObservationFilter(Breakdowns: [""])).Count.ShouldBe(3);
        store.Read(id, new ObservationFilter(Periods: [Period.Parse("2023M12")])).Single().ShouldBe(Samples.Few[4]);
        store.Read(id, new ObservationFilter(Indicators: ["nothing"])).ShouldBeEmpty();
        store.Read(id, new ObservationFilter(Indicators: [])).Count.ShouldBe(6);
        Should.Throw<InputException>(() => store.Read(99)).Problems[0].Rule.ShouldBe(Texts.NoSuchVintage);
    }

    [Fact]
    public void Read_PeriodsOfSeveralKinds_AreInTheOrderOfPeriods()
    {
        string[] texts = ["2023", "2022", "2023M12", "2023M02", "2023Q1", "2022QMAT04"];
        Observation[] rows = [.. texts.Select(text => Samples.Few[0] with { Period = Period.Parse(text) })];
        using var store = ObservationStore.Open(StorePath);
        store.Read(store.Import(rows).Id).Select(o => o.Period).ShouldBe(rows.Select(o => o.Period).Order());
    }

    [Fact]
    public async Task Use_FromSeveralThreads_Works()
    {
        using var store = ObservationStore.Open(StorePath);
        await Parallel.ForAsync(0, 8, TestContext.Current.CancellationToken, (i, _) =>
        {
            var rows = Samples.Random(new Random(i), 200);
            store.Read(store.Import(rows).Id).ShouldBe(rows.Ordered());
            return ValueTask.CompletedTask;
        });
        store.Vintages().Select(vintage => vintage.Id).ShouldBe(Enumerable.Range(1, 8));
    }

    [Fact]
    public void Open_NewerStore_IsRefused()
    {
        ObservationStore.Open(StorePath).Dispose();
        using (var connection = new DuckDbConnection($"Data Source={StorePath}"))
        {
            connection.Open();
            using var command = connection.CreateCommand("INSERT INTO schema_version VALUES (99)");
            command.ExecuteNonQuery();
        }

        var problem = Should.Throw<InputException>(() => ObservationStore.Open(StorePath)).Problems.Single();
        (problem.Rule, problem.File, problem.Found).ShouldBe((Texts.StoreTooNew, StorePath, "99"));
    }

    [Fact]
    public void Open_OtherFiles_AreRefusedAndLeftAlone()
    {
        var text = folder.File("text.txt");
        File.WriteAllText(text, new string('x', 5000));
        Should.Throw<InputException>(() => ObservationStore.Open(text)).Problems.Single().Rule.ShouldBe(Texts.NotAStore);
        File.ReadAllText(text).ShouldBe(new string('x', 5000));

        var foreign = folder.File("foreign.duckdb");
        using (var connection = new DuckDbConnection($"Data Source={foreign}"))
        {
            connection.Open();
            using var command = connection.CreateCommand("CREATE TABLE own(a INTEGER)");
            command.ExecuteNonQuery();
        }

        Should.Throw<InputException>(() => ObservationStore.Open(foreign)).Problems.Single().Rule.ShouldBe(Texts.NotAStore);
        Should.Throw<InputException>(() => ObservationStore.Open(folder.Path)).Problems.Single().File.ShouldBe(folder.Path);
    }

    [Fact]
    public void Open_FolderAndNameWithSpecialCharacters_Works()
    {
        var path = folder.File("å b;c='d'/lager \"x\".duckdb");
        using (var store = ObservationStore.Open(path))
        {
            store.Import(Samples.Few);
        }

        File.Exists(path).ShouldBeTrue();
    }
}
