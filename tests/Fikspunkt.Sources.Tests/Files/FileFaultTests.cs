using System.Globalization;
using System.Text;
using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Tests.Files;

public sealed class FileFaultTests
{
    private const string Header = "area;period;benefit_group;expected_persons;expected_share_pct\n";
    private const string Row = "101;2020M01;A-dagpenge mv.;5;3,41\n";

    public static TheoryData<string, string, string, string, string?> Cells => new()
    {
        { "Kobenhavn;2020M01;A-dagpenge mv.;5;3,41", "AreaUnknown", "area", "Kobenhavn", "\"København\"?" },
        { "999;2020M01;A-dagpenge mv.;5;3,41", "AreaUnknown", "area", "999", null },
        { ";2020M01;A-dagpenge mv.;5;3,41", "AreaUnknown", "area", "", null },
        { "101 Aarhus;2020M01;A-dagpenge mv.;5;3,41", "AreaUnknown", "area", "101 Aarhus", null },
        { "101;2022QMAT12;A-dagpenge mv.;5;3,41", "PeriodImpossible", "period", "2022QMAT12", null },
        { "101;2022M13;A-dagpenge mv.;5;3,41", "PeriodImpossible", "period", "2022M13", null },
        { "101;januar;A-dagpenge mv.;5;3,41", "PeriodUnknown", "period", "januar", null },
        { "101;2020M01;A-dagpeng mv.;5;3,41", "BreakdownUnknown", "benefit_group", "A-dagpeng mv.", "\"A-dagpenge mv.\"?" },
        { "101;2020M01;;5;3,41", "BreakdownUnknown", "benefit_group", "", null },
        { "101;2020M01;A-dagpenge mv.;fem;3,41", "NotANumber", "expected_persons", "fem", null },
        { "101;2020M01;A-dagpenge mv.;NaN;3,41", "NotANumber", "expected_persons", "NaN", null },
        { "101;2020M01;A-dagpenge mv.;Infinity;3,41", "NotANumber", "expected_persons", "Infinity", null },
        { "101;2020M01;A-dagpenge mv.;∞;3,41", "NotANumber", "expected_persons", "∞", null },
        { "101;2020M01;A-dagpenge mv.;1e999;3,41", "NumberTooLarge", "expected_persons", "1e999", null },
        { "101;2020M01;A-dagpenge mv.;5 %;3,41", "NotANumber", "expected_persons", "5 %", null },
        { "101;2020M01;A-dagpenge mv.;1 2;3,41", "NotANumber", "expected_persons", "1 2", null },
        { "101;2020M01;A-dagpenge mv.;5.1;3,41", "NumberOtherMark", "expected_share_pct", "3,41", null },
        { "101;2020M01;A-dagpenge mv.;5,1;3.41", "NumberOtherMark", "expected_share_pct", "3.41", null },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void Cell_Wrong_IsReportedWithItsPlace(string row, string rule, string column, string found, string? expected)
    {
        var fault = FileDefinitions.Faults("a.csv", Header + Row.Replace("3,41", "3", StringComparison.Ordinal) + row + "\n", "benchmark").ShouldHaveSingleItem();

        fault.Rule.ShouldBe(Texts.ResourceManager.GetString(rule, CultureInfo.InvariantCulture));
        (fault.File, fault.Line, fault.Column, fault.Found).ShouldBe(("a.csv", 3, column, found));
        if (expected is not null)
        {
            fault.Expected.ShouldBe(expected);
        }
    }

    [Fact]
    public void Number_AmbiguousMark_IsDecidedByTheRestOfTheFile()
    {
        FileDefinitions.Faults("a.csv", Header + "101;2020M01;A-dagpenge mv.;1.234;5\n").ShouldHaveSingleItem().Rule.ShouldBe(Texts.NumberAmbiguous);
        FileDefinitions.Read("a.csv", Header + "101;2020M01;A-dagpenge mv.;1.234;5,5\n").Observations[0].Value.ShouldBe(1234);
        FileDefinitions.Read("a.csv", Header + "101;2020M01;A-dagpenge mv.;1.234;5.5\n").Observations[0].Value.ShouldBe(1.234);
        FileDefinitions.Read("a.csv", Header.Replace(';', ',') + "101,2020M01,A-dagpenge mv.,1.234,5\n").Observations[0].Value.ShouldBe(1.234);
        FileDefinitions.Faults("a.csv", Header.Replace(';', ',') + "101,2020M01,A-dagpenge mv.,1.234,\"5,678\"\n").Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("Kommune;period;benefit_group;expected_persons;expected_share_pct\n", 2)]
    [InlineData("area;period;benefit_group;expected_persons\n", 1)]
    [InlineData("area;period;benefit_group;expected_persons;expected_persons;expected_share_pct\n", 1)]
    [InlineData("area;period;benefit_group;expected_persons;expected_share_pct;bemærkning\n", 1)]
    [InlineData("area;benefit_group;expected_persons;expected_share_pct\n", 1)]
    public void Header_Wrong_IsReported(string header, int count) =>
        FileDefinitions.Faults("a.csv", header + Row, "benchmark").Count.ShouldBe(count);

    [Fact]
    public void Header_AllItsFaults_AreReportedTogether()
    {
        var faults = FileDefinitions.Faults("a.csv", "area;perod;benefit_group;expected_persons;Forventet andel (promille)\n" + Row, "benchmark");

        faults.Select(fault => (fault.Rule, fault.Line, fault.Found)).ShouldBe([
            (Texts.ColumnUnknown, 1, "perod"), (Texts.MixedUnits, 1, "Forventet andel (promille)"), (Texts.ColumnMissing, 1, null), (Texts.ColumnMissing, 1, null),
        ]);
        faults[0].Expected.ShouldBe("\"period\"");
    }

    [Fact]
    public void Units_MixedForOneIndicator_AreReported()
    {
        var fault = FileDefinitions.Faults("a.csv", "municipality,year,indicator,unit,value\n101,2019,population,personer,5\n147,2019,population,1000 personer,5\n").ShouldHaveSingleItem();

        fault.ShouldBe(new InputProblem(Texts.MixedUnits, "a.csv", 3, "unit", "1000 personer", "\"personer\" som i linje 2"));
    }

    [Theory]
    [InlineData("101;2020M01;A-dagpenge mv.;5\n", "4 celler")]
    [InlineData("101;2020M01;A-dagpenge mv.;5;6;7\n", "6 celler")]
    [InlineData("10", "1 celler")]
    public void Row_Ragged_IsReported(string row, string found)
    {
        var fault = FileDefinitions.Faults("a.csv", Header + Row + row).ShouldHaveSingleItem();

        fault.ShouldBe(new InputProblem(Texts.RaggedRow, "a.csv", 3, null, found, "5 celler"));
    }

    [Fact]
    public void Row_EmptyCellsBeyondTheHeader_AreNoFault() => FileDefinitions.Read("a.csv", Header + Row.Replace("\n", ";;\n", StringComparison.Ordinal)).Observations.Count.ShouldBe(2);

    [Theory]
    [InlineData("", "FileEmpty")]
    [InlineData(" \n", "HeaderNotFound")]
    [InlineData(Header, "NoRows")]
    [InlineData(Header + "\"101;2020M01", "QuoteNotClosed")]
    [InlineData(Header + "\"101\"x;2020M01;A-dagpenge mv.;5;6\n", "TextAfterQuote")]
    public void File_Unusable_IsReported(string content, string rule) =>
        FileDefinitions.Faults("a.csv", content).ShouldContain(fault => fault.Rule == Texts.ResourceManager.GetString(rule, CultureInfo.InvariantCulture));

    [Fact]
    public void File_MarkedUtf8ButNot_IsReported() =>
        FileDefinitions.Faults("a.csv", [0xEF, 0xBB, 0xBF, .. Encoding.Latin1.GetBytes(Header + "Læsø;2020M01")]).ShouldHaveSingleItem().Rule.ShouldBe(Texts.NotUtf8);

    [Fact]
    public void File_UnclosedQuoteInAHugeFile_IsBounded() =>
        FileDefinitions.Faults("a.csv", Header + "\"" + string.Concat(Enumerable.Repeat(Row, 200_000))).ShouldContain(fault => fault.Rule == Texts.RecordTooLong || fault.Rule == Texts.QuoteNotClosed);

    [Fact]
    public void Faults_Many_StopAtAHundred()
    {
        var rows = string.Concat(Enumerable.Range(0, 500).Select(i => $"område {i};2020M01;A-dagpenge mv.;5;6\n"));

        FileDefinitions.Faults("a.csv", Header + rows).Count.ShouldBe(100);
    }

    [Fact]
    public void Faults_OneUnknownNameInManyRows_IsReportedOnce() =>
        FileDefinitions.Faults("a.csv", Header + string.Concat(Enumerable.Repeat("Atlantis;2020M01;A-dagpenge mv.;5;6\n", 50)) + "X;2020M01;A-dagpenge mv.;5;6\n").Select(fault => fault.Line).ShouldBe([2, 52]);

    [Theory]
    [InlineData("ok", "", "StatusNeedsNumber")]
    [InlineData("zero", "1", "StatusZeroNotZero")]
    [InlineData("okay", "1", "StatusUnknown")]
    public void Status_AgainstItsValue_IsReported(string status, string value, string rule) =>
        FileDefinitions.Faults("a.csv", $"area,period,indicator,benefit_group,value,status\n101,2020M01,population,,{value},{status}\n", "made-up").ShouldHaveSingleItem().Rule.ShouldBe(Texts.ResourceManager.GetString(rule, CultureInfo.InvariantCulture));

    [Fact]
    public void Table_Unknown_IsReportedWithTheNearest() =>
        FileDefinitions.Faults("a.csv", Header, "benchmarks").ShouldHaveSingleItem().ShouldBe(new InputProblem(Texts.TableUnknownHere, Found: "benchmarks", Expected: "benchmark"));
}
