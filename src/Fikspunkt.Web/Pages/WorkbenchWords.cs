using System.Globalization;
using Fikspunkt.Reports;
using Fikspunkt.Web.Content;
using Period = Fikspunkt.Domain.Period;

namespace Fikspunkt.Web.Pages;

/// <summary>Words for the choices of the workbench.</summary>
internal static class WorkbenchWords
{
    public static string Estimator(string name) => name switch
    {
        "linear" => Texts.WorkbenchLinear,
        "linear-unweighted" => Texts.WorkbenchLinearUnweighted,
        "fractional-logit-unweighted" => Texts.WorkbenchLogitUnweighted,
        _ => Texts.WorkbenchLogit,
    };

    public static string Expectation(string name) => name switch
    {
        "in-sample" => Texts.WorkbenchInSample,
        "pooled-leave-one-out" => Texts.WorkbenchPooledLeaveOneOut,
        "pooled-in-sample" => Texts.WorkbenchPooledInSample,
        _ => Texts.WorkbenchLeaveOneOut,
    };

    /// <summary>A term of the model: the constant, a condition, or the effect of a period.</summary>
    public static string Term(string term, WorkbenchChoice choice, CultureInfo culture) =>
        choice.Candidates.FirstOrDefault(candidate => candidate.Id == term)?.Name.In(culture)
            ?? (Period.TryParse(term, out var period) ? Words.ShortPeriod(period) : string.Equals(term, "(intercept)", StringComparison.Ordinal) ? Reports.Texts.TermIntercept : term);
}
