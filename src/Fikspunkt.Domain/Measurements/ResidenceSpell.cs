using NodaTime;

namespace Fikspunkt.Domain.Measurements;

/// <summary>What a person did in an episode.</summary>
public enum EpisodeKind
{
    /// <summary>Work on ordinary terms.</summary>
    OrdinaryWork,

    /// <summary>Work with a public subsidy, as wage subsidy or a flexi-job.</summary>
    SubsidisedWork,

    /// <summary>Education that gives a vocational qualification (erhvervskompetencegivende).</summary>
    QualifyingEducation,

    /// <summary>Any other course.</summary>
    OtherEducation,
}

/// <summary>Work or education without interruption, as a register has it.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="From">First day.</param>
/// <param name="To">The day after the last.</param>
/// <param name="HoursPerWeek">Hours of work a week; 0 for education.</param>
public sealed record Episode(EpisodeKind Kind, LocalDate From, LocalDate To, double HoursPerWeek);

/// <summary>A person from residence on. Never stored and never published: measurements add such persons up at once.</summary>
/// <param name="Area">The municipality that got the person.</param>
/// <param name="Residence">The day of the residence permit.</param>
/// <param name="ObservedTo">The day after the last that is known about: the registers' end, or emigration, death, a permit that ended.</param>
/// <param name="Age">Age at residence, in years.</param>
/// <param name="Traits">Further individual conditions at residence, by name: sex, origin, family and the like.</param>
/// <param name="Episodes">Work and education, in any order; may overlap.</param>
public sealed record ResidenceSpell(
    string Area,
    LocalDate Residence,
    LocalDate ObservedTo,
    int Age,
    IReadOnlyDictionary<string, string> Traits,
    IReadOnlyList<Episode> Episodes);
