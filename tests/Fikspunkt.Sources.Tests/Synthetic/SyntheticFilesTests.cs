using System.Globalization;
using System.Security.Cryptography;
using Fikspunkt.Domain;
using Fikspunkt.Sources.Synthetic;
using Fikspunkt.Testing;

namespace Fikspunkt.Sources.Tests.Synthetic;

public sealed class SyntheticFilesTests
{
    private static readonly SyntheticDraw Draw = SyntheticMunicipalities.Draw;
    private static readonly IReadOnlyList<Observation> Observations = SyntheticDenmark.Observe(Draw, 0, 120);

    [Fact]
    public void Write_DemoSeed_GivesTheSameBytesAsEver()
    {
        // A change here is a change of the demonstration's figures: say so in the changelog.
        using var folder = new TemporaryFolder();
        SyntheticFiles.Write(new SyntheticPanel(Draw, Observations), folder.Path);

        Hash(folder, SyntheticFiles.DataFile).ShouldBe("0ffadbaaf0c3ca2d6a00127cbcab11412eb96752dc766b4c27309dccd69e6dab");
        Hash(folder, SyntheticFiles.TruthFile).ShouldBe("b564a51940489fa81c74cc549616d8511c6eac274448801d811ccab7d1321a8e");
    }

    [Fact]
    public void Generate_SameSeed_SameCells()
    {
        var again = SyntheticDenmark.Observe(SyntheticStructure.Create(new SyntheticOptions(), SyntheticMunicipalities.All).Draw(SyntheticOptions.DemoSeed), 0, 120);

        again.SequenceEqual(Observations).ShouldBeTrue();
    }

    [Fact]
    public void Generate_OtherSeed_OtherConditionsAndCounts()
    {
        var other = SyntheticDenmark.Observe(SyntheticStructure.Create(new SyntheticOptions(Seed: 2016), SyntheticMunicipalities.All).Draw(2016), 0, 120);

        other.Count.ShouldBe(Observations.Count);
        foreach (var indicator in new[] { SyntheticDenmark.PersonsIndicator, "poor_health_pct", "commuting_area_employment_pct" })
        {
            var same = other.Zip(Observations).Where(pair => pair.First.Indicator == indicator).Average(pair => pair.First.Value == pair.Second.Value ? 1.0 : 0);
            same.ShouldBeLessThan(0.15, indicator);
        }
    }

    [Fact]
    public void Observe_SmallCounts_AreHidden()
    {
        var counts = Observations.Where(cell => cell.Indicator == SyntheticDenmark.PersonsIndicator).ToList();

        counts.ShouldAllBe(cell => cell.Value == null || cell.Value == 0 || cell.Value >= 2.5);
        counts.ShouldAllBe(cell => (cell.Value == null) == (cell.Status == ObservationStatus.Missing || cell.Status == ObservationStatus.Suppressed));
        counts.ShouldAllBe(cell => (cell.Value == 0) == (cell.Status == ObservationStatus.Zero));
        var hidden = counts.Where(cell => cell.Status == ObservationStatus.Suppressed).ToLookup(cell => cell.Area);
        hidden["825"].Count().ShouldBeGreaterThan(50);
        hidden["101"].ShouldBeEmpty();
        counts.Count(cell => cell.Status == ObservationStatus.Missing).ShouldBeInRange(10, 120);
        counts.Count(cell => cell.Status == ObservationStatus.Zero).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Observe_HiddenCell_StandsForACountThatIsTooSmall()
    {
        foreach (var cell in Observations.Where(cell => cell.Status == ObservationStatus.Suppressed))
        {
            var area = Enumerable.Range(0, 98).Single(i => Draw.Structure.Municipalities[i].Code == cell.Area);
            var group = SyntheticMunicipalities.Group(cell.Breakdown["benefit_group=".Length..]);
            var month = (12 * (cell.Period.Year - 2015)) + cell.Period.Number - 1;
            Draw.Persons(group, area)[month].ShouldBeInRange(0.1, 2.4);
        }
    }

    [Fact]
    public void Observe_SomeMonths_AreTheSameCellsInTheSameOrder()
    {
        var some = SyntheticDenmark.Observe(Draw, 99, 12);

        var (first, last) = (Period.Month(2023, 4), Period.Month(2024, 3));
        var expected = Observations.Where(cell => cell.Period.Kind == PeriodKind.Year ? cell.Period.Year is 2023 or 2024 : cell.Period >= first && cell.Period <= last);
        some.SequenceEqual(expected).ShouldBeTrue();
    }

    [Fact]
    public void WriteData_EachLine_HasSixFieldsAndTheCell()
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        SyntheticFiles.WriteData(Observations, writer);
        var lines = writer.ToString().Split('\n');

        lines[0].ShouldBe("area,period,indicator,benefit_group,value,status");
        lines.Length.ShouldBe(Observations.Count + 2);
        for (var i = 0; i < Observations.Count; i += 97)
        {
            var fields = lines[i + 1].Split(',');
            var cell = Observations[i];
            fields.Length.ShouldBe(6);
            fields[0].ShouldBe(cell.Area);
            Period.Parse(fields[1]).ShouldBe(cell.Period);
            fields[2].ShouldBe(cell.Indicator);
            (fields[3].Length == 0 ? "" : Breakdown.OfBenefitGroup(fields[3])).ShouldBe(cell.Breakdown);
            (fields[4].Length == 0 ? null : (double?)double.Parse(fields[4], CultureInfo.InvariantCulture)).ShouldBe(cell.Value);
            fields[5].ShouldBe(cell.Status.ToString().ToLowerInvariant());
        }
    }

    [Fact]
    public void WriteTruth_EveryLine_IsMarkedAndAddsUp()
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        SyntheticFiles.WriteTruth(Draw, writer);
        var lines = writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];

        lines.Length.ShouldBe(98 * 19 * 13);
        lines.ShouldAllBe(line => line.StartsWith("synthetic,", StringComparison.Ordinal));
        foreach (var block in lines.Chunk(13))
        {
            var rows = block.Select(line => line.Split(',')).ToArray();
            rows[^1][3].ShouldBe("");
            for (var column = 5; column <= 7; column++)
            {
                rows[..^1].Sum(row => double.Parse(row[column], CultureInfo.InvariantCulture)).ShouldBe(double.Parse(rows[^1][column], CultureInfo.InvariantCulture), 1e-5);
            }
        }

        lines.ShouldContain(line => line.StartsWith("synthetic,860,2024QMAT04,,", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith("synthetic,860,2016QMAT02,", StringComparison.Ordinal));
    }

    private static string Hash(TemporaryFolder folder, string name) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder.File(name))));
}
