using NodaTime;

namespace Fikspunkt.Domain.Tests;

public sealed class PeriodTests
{
    [Theory]
    [InlineData("2023M01", PeriodKind.Month, 2023, 1, "2023M01")]
    [InlineData("2023Q1", PeriodKind.Quarter, 2023, 1, "2023Q1")]
    [InlineData("2023Q01", PeriodKind.Quarter, 2023, 1, "2023Q1")]
    [InlineData("2023K4", PeriodKind.Quarter, 2023, 4, "2023Q4")]
    [InlineData("2023H2", PeriodKind.HalfYear, 2023, 2, "2023H2")]
    [InlineData("2023", PeriodKind.Year, 2023, 0, "2023")]
    [InlineData("2022QMAT04", PeriodKind.RollingYear, 2022, 4, "2022QMAT04")]
    [InlineData("2023MYTD05", PeriodKind.YearToDate, 2023, 5, "2023MYTD05")]
    [InlineData("2004U27", PeriodKind.Week, 2004, 27, "2004W27")]
    [InlineData(" 2020W53 ", PeriodKind.Week, 2020, 53, "2020W53")]
    public void Parse_DocumentedForms_AreRead(string text, PeriodKind kind, int year, int number, string canonical)
    {
        var period = Period.Parse(text);
        (period.Kind, period.Year, period.Number, period.ToString()).ShouldBe((kind, year, number, canonical));
        Period.Parse(period.ToString()).ShouldBe(period);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2023M13")]
    [InlineData("2023M00")]
    [InlineData("2023M1")]
    [InlineData("2023Q5")]
    [InlineData("2022QMAT12")]
    [InlineData("2022QMAT00")]
    [InlineData("2023W53")]
    [InlineData("2023H3")]
    [InlineData("1723")]
    [InlineData("20233")]
    [InlineData("2023m01")]
    [InlineData("2023M01M02")]
    [InlineData("２０２３")]
    public void TryParse_ImpossiblePeriods_AreRefused(string text) => Period.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void RollingYear_QuarterSuffix_CoversTheFourQuartersEndingThere()
    {
        var period = Period.Parse("2021QMAT02");
        period.FirstDay.ShouldBe(new LocalDate(2020, 7, 1));
        period.LastDay.ShouldBe(new LocalDate(2021, 6, 30));
        Period.Parse("2022QMAT04").FirstDay.ShouldBe(new LocalDate(2022, 1, 1));
        Period.Parse("2020QMAT01").FirstDay.ShouldBe(new LocalDate(2019, 4, 1));
    }

    [Theory]
    [InlineData("2023M11", 3, "2024M02")]
    [InlineData("2023M01", -1, "2022M12")]
    [InlineData("2023Q4", 1, "2024Q1")]
    [InlineData("2021QMAT02", -2, "2020QMAT04")]
    [InlineData("2020W53", 1, "2021W01")]
    [InlineData("2020", -3, "2017")]
    public void Plus_Steps_CrossYears(string start, int steps, string end) =>
        Period.Parse(start).Plus(steps).ShouldBe(Period.Parse(end));

    [Fact]
    public void Order_ByLastDayThenFirstDay()
    {
        string[] ordered = ["2022M11", "2022", "2022Q4", "2022M12", "2023M01"];
        ordered.Reverse().Select(Period.Parse).Order().Select(period => period.ToString()).ShouldBe(ordered);
    }
}
