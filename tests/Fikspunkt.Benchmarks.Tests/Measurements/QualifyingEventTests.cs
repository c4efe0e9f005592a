using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain.Measurements;
using NodaTime;

namespace Fikspunkt.Benchmarks.Tests.Measurements;

/// <summary>Ordinary work of at least 6 months and 20 hours a week, or qualifying education of at least 6 months.</summary>
public sealed class QualifyingEventTests
{
    private static readonly LocalDate Residence = new(2000, 3, 15);
    private static readonly LocalDate End = new(2004, 1, 1);
    private static readonly QualifyingRule Rule = new(6, 20, 6);

    // Observation ends six months before what is known ends.
    private static readonly int Censored = Days(new LocalDate(2003, 7, 1));

    [Fact]
    public void Of_NothingDone_IsCensoredSixMonthsBeforeTheEnd() => Of().ShouldBe(new QualifyingEvent(Censored, false, false));

    [Fact]
    public void Of_SixCalendarMonthsOfWork_CountFromTheFirstDay() =>
        Of(Work("2001-01-31", "2001-07-31", 20)).ShouldBe(new QualifyingEvent(Days(new LocalDate(2001, 1, 31)), true, true));

    [Theory]
    [InlineData("2001-01-31", "2001-07-30", 37)]
    [InlineData("2001-01-31", "2003-01-31", 19.9)]
    public void Of_TooShortOrTooFewHours_DoNotCount(string from, string to, double hours) => Of(Work(from, to, hours)).Happened.ShouldBeFalse();

    [Theory]
    [InlineData(EpisodeKind.SubsidisedWork)]
    [InlineData(EpisodeKind.OtherEducation)]
    public void Of_WorkOrEducationOfAnotherKind_DoesNotCount(EpisodeKind kind) =>
        Of(new Episode(kind, new LocalDate(2001, 1, 1), new LocalDate(2003, 1, 1), 37)).Happened.ShouldBeFalse();

    [Fact]
    public void Of_JobsOneAfterTheOther_AreOneSpan()
    {
        Of(Work("2001-01-01", "2001-05-01", 37), Work("2001-05-01", "2001-07-01", 25)).ShouldBe(new QualifyingEvent(Days(new LocalDate(2001, 1, 1)), true, true));
        Of(Work("2001-01-01", "2001-05-01", 37), Work("2001-05-02", "2001-07-02", 25)).Happened.ShouldBeFalse();
    }

    [Fact]
    public void Of_JobsAtTheSameTime_AddUpTheirHours()
    {
        Of(Work("2001-01-01", "2002-01-01", 10), Work("2001-03-01", "2001-12-01", 10)).ShouldBe(new QualifyingEvent(Days(new LocalDate(2001, 3, 1)), true, true));
        Of(Work("2001-01-01", "2002-01-01", 10), Work("2001-03-01", "2001-08-01", 10)).Happened.ShouldBeFalse();
    }

    [Fact]
    public void Of_WorkThenEducation_AreNotOneSpan() =>
        Of(Work("2001-01-01", "2001-05-01", 37), Education("2001-05-01", "2001-09-01")).Happened.ShouldBeFalse();

    [Fact]
    public void Of_WorkAndEducation_TheFirstDecides()
    {
        Of(Work("2002-01-01", "2003-01-01", 37), Education("2001-05-01", "2003-01-01")).ShouldBe(new QualifyingEvent(Days(new LocalDate(2001, 5, 1)), true, false));
        Of(Work("2001-01-01", "2002-01-01", 37), Education("2001-05-01", "2003-01-01")).Work.ShouldBeTrue();
    }

    [Fact]
    public void Of_BeganBeforeResidence_CountsFromResidence()
    {
        Of(Work("1999-01-01", "2000-10-01", 37)).ShouldBe(new QualifyingEvent(1, true, true));
        Of(Work("1999-01-01", "2000-06-01", 37)).Happened.ShouldBeFalse();
    }

    [Fact]
    public void Of_BeganTooLateToShow_IsCensoredLikeEverybody()
    {
        Of(Work("2003-07-01", "2004-01-01", 37)).ShouldBe(new QualifyingEvent(Censored, true, true));
        Of(Work("2003-07-02", "2004-01-01", 37)).ShouldBe(new QualifyingEvent(Censored, false, false));
        Of(Work("2003-07-02", "2006-01-01", 37)).ShouldBe(new QualifyingEvent(Censored, false, false));
    }

    [Fact]
    public void Of_ObservedTooShort_IsNoSpell() =>
        QualifyingEvent.Of(Spell([]) with { ObservedTo = new LocalDate(2000, 9, 15) }, Rule).ShouldBeNull();

    [Fact]
    public void Of_OtherRule_IsFollowed()
    {
        Episode[] episodes = [Work("2001-01-01", "2001-04-01", 12), Education("2002-01-01", "2003-01-01")];

        QualifyingEvent.Of(Spell(episodes), new QualifyingRule(3, 12, 6))!.Value.Days.ShouldBe(Days(new LocalDate(2001, 1, 1)));
        QualifyingEvent.Of(Spell(episodes), new QualifyingRule(3, 12, 13))!.Value.Days.ShouldBe(Days(new LocalDate(2001, 1, 1)));
        QualifyingEvent.Of(Spell(episodes), new QualifyingRule(4, 12, 13))!.Value.ShouldBe(new QualifyingEvent(Days(new LocalDate(2002, 12, 1)), false, false));
    }

    [Fact]
    public void Of_EpisodesInAnyOrder_GiveTheSame()
    {
        Episode[] episodes = [Work("2001-01-01", "2001-02-01", 12), Work("2001-01-15", "2001-09-01", 12), Education("2002-01-01", "2003-01-01"), Work("2001-02-01", "2001-08-01", 12)];

        Of([.. episodes.Reverse()]).ShouldBe(Of(episodes));
        Of(episodes).Days.ShouldBe(Days(new LocalDate(2001, 1, 15)));
    }

    private static QualifyingEvent Of(params Episode[] episodes) => QualifyingEvent.Of(Spell(episodes), Rule)!.Value;

    private static ResidenceSpell Spell(IReadOnlyList<Episode> episodes) => new("101", Residence, End, 30, new Dictionary<string, string>(), episodes);

    private static Episode Work(string from, string to, double hours) => new(EpisodeKind.OrdinaryWork, Date(from), Date(to), hours);

    private static Episode Education(string from, string to) => new(EpisodeKind.QualifyingEducation, Date(from), Date(to), 0);

    private static LocalDate Date(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;

    private static int Days(LocalDate to) => NodaTime.Period.DaysBetween(Residence, to);
}
