using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Domain;
using Fikspunkt.Testing;

namespace Fikspunkt.Benchmarks.Tests.Publications;

/// <summary>What is read from a package is what was published.</summary>
public sealed class ReadPackageTests
{
    private const double LastBits = 1e-14;

    [Fact]
    public void Read_Benchmark_GivesTheRunThatWasPublished()
    {
        using var folder = new TemporaryFolder();
        var written = PackageFixture.Write(folder);

        foreach (var place in (string[])[written.Folder, written.Zip])
        {
            var read = ReadPackage.Read(place).ShouldBeOfType<PublishedContent>();

            read.PackageId.ShouldBe(written.PackageId);
            read.Run.Spec.Id.ShouldBe(written.Run.Spec.Id);
            read.Run.Results.Count.ShouldBe(written.Run.Results.Count);
            var expected = written.Run.Results.ToDictionary(result => (result.Area, result.Outcome, result.Period));
            foreach (var result in read.Run.Results)
            {
                var own = expected[(result.Area, result.Outcome, result.Period)];
                result.Difference.ShouldBe(own.Difference, Tolerance(own.Difference));
                result.Exposure.ShouldBe(own.Exposure);
                (result.Rank, result.RankLower, result.RankUpperSimultaneous, result.Class, result.Kroner).ShouldBe((own.Rank, own.RankLower, own.RankUpperSimultaneous, own.Class, own.Kroner));
                result.Contributions.Count.ShouldBe(own.Contributions.Count);
            }

            read.Run.Trend.Count.ShouldBe(written.Run.Trend.Count);
            read.Run.Fits.Count.ShouldBe(written.Run.Fits.Count);
            read.Run.Notes.Count.ShouldBe(written.Run.Notes.Count);
        }
    }

    [Fact]
    public void Read_Measurements_GivesTheResultsThatWerePublished()
    {
        using var folder = new TemporaryFolder();
        var publication = MeasurementPackageTests.Small();
        var written = publication.Write(PackageFixture.Now, new PublicationTools("Fikspunkt 0.0-test"), folder.File("package"));
        var expected = publication.Specs.Select(publication.Result).ToList();

        var read = ReadPackage.Read(written.Folder).ShouldBeOfType<PublishedMeasurements>();

        read.Results.Select(result => result.Spec.Id).ShouldBe(expected.Select(result => result.Spec.Id));
        foreach (var (own, result) in expected.Zip(read.Results))
        {
            result.Positions.ShouldBe(own.Positions);
            result.Statements.ShouldBe(own.Statements);
            result.Vintages.ShouldBe(own.Vintages);
            result.Tables.Select(table => (table.Id, table.Title, table.Explanation)).ShouldBe(own.Tables.Select(table => (table.Id, table.Title, table.Explanation)));
            foreach (var (ownTable, table) in own.Tables.Zip(result.Tables))
            {
                table.Columns.ShouldBe(ownTable.Columns);
                table.Rows.Count.ShouldBe(ownTable.Rows.Count);
                foreach (var (ownRow, row) in ownTable.Rows.Zip(table.Rows))
                {
                    for (var i = 0; i < row.Count; i++)
                    {
                        ShouldBeAlike(row[i], ownRow[i], $"{ownTable.Id}, {ownTable.Columns[i].Id}");
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("results/results.csv")]
    [InlineData("spec.json")]
    [InlineData("manifest.json")]
    public void Read_FileChangedOrCutOff_IsRefusedWithItsName(string file)
    {
        using var folder = new TemporaryFolder();
        var written = PackageFixture.Write(folder);
        var path = Path.Combine(written.Folder, file);
        var bytes = File.ReadAllBytes(path);

        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        Should.Throw<InputException>(() => ReadPackage.Read(written.Folder)).Message.ShouldContain(file);

        File.Delete(path);
        Should.Throw<InputException>(() => ReadPackage.Read(written.Folder)).Message.ShouldContain(file);
    }

    private static double Tolerance(double number) => Math.Max(Math.Abs(number) * LastBits, double.Epsilon);

    private static void ShouldBeAlike(object? found, object? expected, string where)
    {
        switch (expected)
        {
            case double number when double.IsNaN(number):
                found.ShouldBeNull(where);
                break;
            case double number:
                Convert.ToDouble(found, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(number, Tolerance(number), where);
                break;
            case "":
                found.ShouldBeNull(where);
                break;
            default:
                found.ShouldBe(expected, where);
                break;
        }
    }
}
