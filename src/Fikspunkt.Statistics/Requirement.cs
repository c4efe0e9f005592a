using System.Globalization;

namespace Fikspunkt.Statistics;

/// <summary>What a number must be for a method to use it. A caller says it in the user's language by this name and the bounds of
/// <see cref="InvalidValueException"/>.</summary>
public enum Requirement
{
    /// <summary>A finite number.</summary>
    Finite,

    /// <summary>A finite number, or NaN for missing.</summary>
    FiniteOrMissing,

    /// <summary>A finite number above 0.</summary>
    AboveZero,

    /// <summary>A number above 0, infinite where that stands for "known exactly".</summary>
    AboveZeroOrInfinite,

    /// <summary>A finite number not below 0.</summary>
    NotBelowZero,

    /// <summary>A finite number not below 0, or NaN for unknown.</summary>
    NotBelowZeroOrMissing,

    /// <summary>Any number but 0.</summary>
    NotZero,

    /// <summary>At least one number above 0 among several.</summary>
    SomeAboveZero,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>From the first bound to the second, both included.</summary>
    Within,

    /// <summary>As <see cref="Within"/>, or NaN for missing.</summary>
    WithinOrMissing,

    /// <summary>Above the first bound and below the second.</summary>
    Between,

    /// <summary>From 0 to below the exit, the bound.</summary>
    BeforeExit,

    /// <summary>Above 0 and not above the last exit, the bound.</summary>
    WithinFollowUp,

    /// <summary>Finite numbers above 0, each above the one before.</summary>
    Rising,

    /// <summary>0 for censored, or the number of a cause.</summary>
    Cause,

    /// <summary>Numbers whose squares are neither too large nor too small for a double.</summary>
    SquaresInRange,

    /// <summary>A replacement of zeros so small that as many as the first bound are less than the row's sum, the second.</summary>
    Replacement,

    /// <summary>A finite distance not below 0, the same both ways, 0 on the diagonal.</summary>
    Distance,

    /// <summary>A count not above its base, the bound.</summary>
    UpToItsBase,

    /// <summary>Data that give a finite efficiency above 0.</summary>
    FiniteEfficiency,
}

/// <summary>The requirements in the developers' English.</summary>
internal static class Requirements
{
    public static string Say(this Requirement requirement, double[] bounds) => string.Format(CultureInfo.InvariantCulture, Format(requirement), [.. bounds.Cast<object>()]);

    private static string Format(Requirement requirement) => requirement switch
    {
        Requirement.Finite => "a finite number",
        Requirement.FiniteOrMissing => "a finite number, or NaN for missing",
        Requirement.AboveZero => "a finite number above 0",
        Requirement.AboveZeroOrInfinite => "a number above 0, infinite for what is known exactly",
        Requirement.NotBelowZero => "a finite number not below 0",
        Requirement.NotBelowZeroOrMissing => "a finite number not below 0, or NaN for unknown",
        Requirement.NotZero => "a number other than 0",
        Requirement.SomeAboveZero => "at least one number above 0",
        Requirement.Whole => "a whole number",
        Requirement.Within => "a number from {0} to {1}",
        Requirement.WithinOrMissing => "a number from {0} to {1}, or NaN for missing",
        Requirement.Between => "a number above {0} and below {1}",
        Requirement.BeforeExit => "a number from 0 to below the exit {0}",
        Requirement.WithinFollowUp => "a number above 0 and not above the last exit, {0}",
        Requirement.Rising => "finite numbers above 0, each above the one before",
        Requirement.Cause => "0 for censored, or the number of a cause",
        Requirement.SquaresInRange => "numbers whose squares are neither too large nor too small for a double",
        Requirement.Replacement => "a share of which {0} are less than the row's sum, {1}",
        Requirement.Distance => "a finite distance not below 0, the same both ways, 0 on the diagonal",
        Requirement.UpToItsBase => "a count not above its base, {0}",
        Requirement.FiniteEfficiency => "data that give a finite efficiency above 0",
        _ => requirement.ToString(),
    };
}
