using System.Text;
using Fikspunkt.Definitions;
using Fikspunkt.Domain;
using Fikspunkt.Store;
using Fikspunkt.Testing;
using NodaTime;
using Period = Fikspunkt.Domain.Period;

namespace Fikspunkt.Sources.Tests.Files;

/// <summary>Imports into a real store.</summary>
public sealed class TableImporterTests : IDisposable
{
    private const int Samples = 50;
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 20, 12, 0);

    private readonly TemporaryFolder folder = new();
    private readonly ObservationStore store;

    public TableImporterTests() => store = ObservationStore.Open(folder.File("store.duckdb"));

    public static TheoryData<string> Forms => [.. FileForms.All.Keys];

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Import_OneFile_GivesAVintageOfItsTable()
    {
        var path = Write("wide.csv", FileForms.WideCsv);

        var (vintage, files) = TableImporter.ImportFiles(store, FileDefinitions.Set, new ImportRequest([path], null, Now, Synthetic: true), TestContext.Current.CancellationToken);

        (vintage.Table, vintage.Source, vintage.Origin, vintage.Retrieved, vintage.Synthetic, vintage.Rows).ShouldBe(("benchmark", "Test", "wide.csv", Now, true, 6));
        vintage.ContentHash.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))));
        files.ShouldHaveSingleItem().Describe().ShouldBe($"{path}: CSV, UTF-8; celler adskilt af \";\"; decimalkomma; 3 rækker, 6 celler");
        var stored = store.Read(vintage.Id);
        stored.ShouldContain(new Observation("101", Period.Parse("2020QMAT02"), "expected_share_pct", "", 9.08, ObservationStatus.Ok, "9,08"));
        stored.ShouldContain(new Observation("825", Period.Parse("2020QMAT02"), "expected_share_pct", "benefit_group=a-dagpenge", null, ObservationStatus.Missing, "-"));
    }

    [Fact]
    public void Import_SeveralFiles_GivesOneVintage()
    {
        var paths = new[] { Write("a.csv", FileForms.WideCsv), Write("b.json", JsonImportTests.Version2.Replace("2020QMAT02", "2021QMAT02", StringComparison.Ordinal)) };

        var vintage = TableImporter.Import(
            store, FileDefinitions.Set, new ImportRequest(paths, "benchmark", Now, Synthetic: false) { Origin = "https://example.test/data" }, TestContext.Current.CancellationToken);

        (vintage.Rows, vintage.Origin).ShouldBe((10L, "https://example.test/data"));
    }

    [Fact]
    public void Import_KeyTwice_NamesBothPlaces()
    {
        var row = FileForms.WideCsv.Split('\n')[1] + "\n";
        var (one, two) = (Write("a.csv", FileForms.WideCsv + row), Write("b.csv", FileForms.WideCsv));

        var faults = Should.Throw<InputException>(() => Import(FileDefinitions.Set, null, [one])).Problems;
        var across = Should.Throw<InputException>(() => Import(FileDefinitions.Set, null, [two, one])).Problems;

        faults.Select(fault => (fault.File, fault.Line)).ShouldBe([(one, 5), (one, 5)]);
        faults.ShouldAllBe(fault => fault.Rule.Contains("linje 2", StringComparison.Ordinal));
        across.ShouldContain(fault => fault.File == one && fault.Line == 3 && fault.Rule.Contains($"linje 3 i {two}", StringComparison.Ordinal));
        store.Vintages().ShouldBeEmpty();
    }

    [Fact]
    public void Import_MissingFile_IsReported()
    {
        var path = folder.File("none.csv");

        Should.Throw<InputException>(() => Import(FileDefinitions.Set, null, [path])).Problems
            .ShouldHaveSingleItem().ShouldBe(new InputProblem(Texts.FileNotFound, path));
    }

    [Fact]
    public void Import_CancelledHalfway_ChangesNothing()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Should.Throw<OperationCanceledException>(() => TableImporter.Import(store, FileDefinitions.Set, new ImportRequest([Write("a.csv", FileForms.WideCsv)], null, Now, false), source.Token));
        store.Vintages().ShouldBeEmpty();
    }

    [Fact]
    public void Import_Y30r21_CsvAndVersion2Json_GiveTheSameValueHash()
    {
        var definitions = DefinitionLoader.Load(RepositoryFiles.Path("definitions"));

        var csv = Import(definitions, null, [RepositoryFiles.Shared("data", "y30r21", "y30r21.csv")]);
        var json = Import(definitions, null, [RepositoryFiles.Shared("data", "y30r21", "y30r21-v2.json")]);

        json.ValueHash.ShouldBe(csv.ValueHash);
        json.ContentHash.ShouldNotBe(csv.ContentHash);
        json.SameValuesAs.ShouldBe(csv.Id);
        csv.Rows.ShouldBe(98 * 4 * 4 * 7);
    }

    [Fact]
    public void Import_DstMunicipalities_IsImportedWhole()
    {
        var definitions = DefinitionLoader.Load(RepositoryFiles.Path("definitions"));

        Import(definitions, null, [RepositoryFiles.Shared("data", "dst-municipalities", "dst-municipalities.csv")]).Rows.ShouldBe(16_464);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Import_DamagedFile_ChangesNothingOrAddsAWholeVintage(string form)
    {
        var (name, content, table) = FileForms.All[form];
        var path = folder.File(name);
        for (var (seed, refused) = (0, 0); refused < Samples; seed++)
        {
            var before = store.Vintages();
            File.WriteAllBytes(path, Mutations.Damage(content, new Random(100_000 + seed)));
            try
            {
                var vintage = Import(FileDefinitions.Set, table, [path]);
                store.Read(vintage.Id).Count.ShouldBe((int)vintage.Rows);
                store.Vintages().Count.ShouldBe(before.Count + 1);
            }
            catch (InputException)
            {
                store.Vintages().ShouldBe(before);
                refused++;
            }
        }
    }

    private Vintage Import(DefinitionSet definitions, string? table, IReadOnlyList<string> paths) =>
        TableImporter.Import(store, definitions, new ImportRequest(paths, table, Now, Synthetic: false), TestContext.Current.CancellationToken);

    private string Write(string name, string content)
    {
        var path = folder.File(name);
        File.WriteAllText(path, content, new UTF8Encoding(false));
        return path;
    }
}
