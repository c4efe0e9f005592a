using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;
using Fikspunkt.Reports.Xlsx;

namespace Fikspunkt.Reports;

/// <summary>Writes a run as an Excel workbook: results, contributions, fits, about.</summary>
/// <remarks>Sheet names, headings and labels are in the user's language. Numbers are real numbers; shares are in per cent of the exposure.</remarks>
public static class ResultsXlsx
{
    /// <summary>Writes the workbook.</summary>
    /// <param name="run">The run.</param>
    /// <param name="definitions">For names.</param>
    /// <param name="stream">Where to; must be writable and seekable, and stays open.</param>
    public static void Write(BenchmarkRun run, DefinitionSet definitions, Stream stream)
    {
        var names = new Names(run.Spec, definitions, CultureInfo.CurrentUICulture);
        using var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook);
        var book = new WorkbookWriter(document, run.Synthetic ? Texts.SyntheticBanner : null);
        Results(book, run, names);
        Contributions(book, run, names);
        Fits(book, run, names);
        About(book, run, names);
        book.Finish();
    }

    private static void Results(WorkbookWriter book, BenchmarkRun run, Names names)
    {
        var counts = names.CountOutcomes;
        using var sheet = book.Sheet(Texts.SheetResults,
        [
            new(Texts.ColumnCode, 8), new(Texts.ColumnMunicipality, 22), new(Texts.ColumnOutcome, 34), new(Texts.ColumnPeriod, 13),
            new(Texts.ColumnExposure, 13), new(Texts.ColumnActualPct, 12), new(Texts.ColumnExpectedPct, 12), new(Texts.ColumnDifferencePp, 14),
            new(Texts.ColumnStandardError, 13), new(Texts.ColumnLower, 12), new(Texts.ColumnUpper, 12), new(Texts.ColumnRank, 8),
            new(Texts.ColumnRankLower, 12), new(Texts.ColumnRankUpper, 12), new(Texts.ColumnRankLowerSimultaneous, 15), new(Texts.ColumnRankUpperSimultaneous, 15),
            new(Texts.ColumnClass, 28), new(Texts.ColumnShrunken, 14), new(Texts.ColumnDifferencePersons, 14), new(Texts.ColumnKroner, 16),
        ]);
        foreach (var result in ResultOrder.Of(run))
        {
            sheet.Text(result.Area).Text(names.Municipality(result.Area)).Text(names.Outcome(result.Outcome)).Text(result.Period.ToString())
                .Number(result.Exposure, CellFormat.Whole)
                .Number(100 * result.Actual, CellFormat.Share).Number(100 * result.Expected, CellFormat.Share).Number(100 * result.Difference, CellFormat.Share)
                .Number(100 * result.StandardError, CellFormat.Share).Number(100 * result.Lower, CellFormat.Share).Number(100 * result.Upper, CellFormat.Share)
                .Number(result.Rank, CellFormat.Whole).Number(result.RankLower, CellFormat.Whole).Number(result.RankUpper, CellFormat.Whole)
                .Number(result.RankLowerSimultaneous, CellFormat.Whole).Number(result.RankUpperSimultaneous, CellFormat.Whole)
                .Text(Words.Class(result.Class)).Number(100 * result.Shrunken, CellFormat.Share)
                .Number(counts.Contains(result.Outcome) ? result.DifferencePersons : double.NaN, CellFormat.OneDecimal)
                .Amount(result.Kroner, CellFormat.Whole)
                .EndRow();
        }
    }

    private static void Contributions(WorkbookWriter book, BenchmarkRun run, Names names)
    {
        using var sheet = book.Sheet(Texts.SheetContributions,
        [
            new(Texts.ColumnCode, 8), new(Texts.ColumnMunicipality, 22), new(Texts.ColumnOutcome, 34), new(Texts.ColumnPeriod, 13),
            new(Texts.ColumnCondition, 40), new(Texts.ColumnValue, 14), new(Texts.ColumnNationalMean, 14), new(Texts.ColumnContributionPp, 16),
        ]);
        foreach (var result in ResultOrder.Of(run))
        {
            foreach (var part in result.Contributions)
            {
                sheet.Text(result.Area).Text(names.Municipality(result.Area)).Text(names.Outcome(result.Outcome)).Text(result.Period.ToString())
                    .Text(names.Covariate(part.Covariate)).Number(part.Value, CellFormat.Share).Number(part.Mean, CellFormat.Share)
                    .Number(100 * part.Share, CellFormat.Share).EndRow();
            }
        }
    }

    private static void Fits(WorkbookWriter book, BenchmarkRun run, Names names)
    {
        using var sheet = book.Sheet(Texts.SheetFits,
        [
            new(Texts.ColumnOutcome, 34), new(Texts.ColumnPeriod, 13), new(Texts.ColumnUnits, 14), new(Texts.ColumnNationalMeanPct, 16), new(Texts.ColumnRSquared, 13),
            new(Texts.ColumnOverdispersion, 16), new(Texts.ColumnBetweenSd, 18), new(Texts.ColumnTerm, 40), new(Texts.ColumnEstimate, 14), new(Texts.ColumnStandardError, 13),
        ]);
        foreach (var fit in run.Fits)
        {
            // A fit without coefficients (a published expectation) still has a row.
            foreach (var term in fit.Coefficients.DefaultIfEmpty(new Coefficient("", double.NaN, double.NaN)))
            {
                sheet.Text(names.Outcome(fit.Outcome)).Text(fit.Period?.ToString() ?? Texts.AllPeriods).Number(fit.Units, CellFormat.Whole)
                    .Number(100 * fit.NationalMean, CellFormat.Share).Number(fit.RSquared, CellFormat.Share).Number(fit.Overdispersion, CellFormat.Share)
                    .Number(100 * Math.Sqrt(Math.Max(0, fit.BetweenVariance)), CellFormat.Share)
                    .Text(names.Term(term.Term)).Number(term.Estimate, CellFormat.Full).Number(term.StandardError, CellFormat.Full).EndRow();
            }
        }
    }

    private static void About(WorkbookWriter book, BenchmarkRun run, Names names)
    {
        var spec = run.Spec;
        using var sheet = book.Sheet(Texts.SheetAbout, [new(Texts.ColumnSubject, 32), new(Texts.ColumnContent, 110)]);
        void Line(string subject, string content) => sheet.Text(subject).Text(content).EndRow();
        if (run.Synthetic)
        {
            Line(Texts.AboutSynthetic, Texts.SyntheticBanner);
        }

        Line(Texts.AboutModel, $"{spec.Title} ({spec.Id})");
        Line(Texts.AboutQuestion, spec.Question.ToString());
        Line(Texts.AboutCannotTell, spec.CannotTell.ToString());
        Line(Texts.AboutInstitution, spec.Institution);
        Line(Texts.AboutReviewed, Words.Date(spec.Reviewed));
        Line(Texts.AboutUnits, Texts.AboutUnitsText.With(names.Exposure));
        Line(Texts.AboutIntervals, Texts.AboutIntervalsText.With(100 * spec.Ranking.Coverage));
        foreach (var vintage in run.Vintages)
        {
            Line(Texts.AboutData, Words.Vintage(vintage));
        }

        foreach (var id in run.Breaks)
        {
            Line(Texts.AboutBreak, names.Break(id));
        }

        foreach (var note in run.Notes)
        {
            Line(Texts.AboutNote, Words.Note(note, names));
        }

        foreach (var exclusion in run.Exclusions)
        {
            Line(Texts.AboutExclusion, Words.Exclusion(exclusion, names));
        }
    }
}
