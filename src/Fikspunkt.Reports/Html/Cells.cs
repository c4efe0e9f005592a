using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;

namespace Fikspunkt.Reports.Html;

/// <summary>Cells that several tables share.</summary>
internal static class Cells
{
    public static HtmlBuilder Text(string text) => HtmlBuilder.Encoded(text);

    /// <summary>A municipality's name that leads to its section.</summary>
    public static HtmlBuilder Link(ReportModel model, string area) =>
        new HtmlBuilder().Add($"""<a href="#k{area}">{model.Names.Municipality(area)}</a>""");

    /// <summary>The verdict with its sign, so that it is told without colour.</summary>
    public static HtmlBuilder Verdict(SignificanceClass significance) => Verdict(significance, Words.Class(significance));

    /// <summary>The same in words of the caller's.</summary>
    public static HtmlBuilder Verdict(SignificanceClass significance, string words)
    {
        var (kind, sign) = significance switch
        {
            SignificanceClass.Better => ("better", "▼"),
            SignificanceClass.Worse => ("worse", "▲"),
            _ => ("same", "●"),
        };
        return new HtmlBuilder().Add($"""<span class="verdict {kind}"><span aria-hidden="true">{sign}</span> {words}</span>""");
    }

    public static string Interval(ReportModel model, AreaResult result) => Texts.IntervalForm.With(model.Numbers.Points(result.Lower), model.Numbers.Points(result.Upper));

    public static string RankSet(int lower, int upper) => lower == upper ? Texts.RankSingle.With(lower) : Texts.RankRange.With(lower, upper);
}
