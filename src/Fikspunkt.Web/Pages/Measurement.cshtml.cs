using Fikspunkt.Definitions;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using Fikspunkt.Reports;
using Fikspunkt.Web.Charts;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace Fikspunkt.Web.Pages;

/// <summary>One measurement: question, results, what it can and cannot say, its critics, method, definition, files and how to check them.</summary>
internal sealed class MeasurementModel(SiteOptions options) : SitePageModel
{
    public override SitePage Place => SitePages.Measurement;

    public MeasurementEntry Entry { get; private set; } = null!;

    /// <summary>The definition as written, and where it can be taken.</summary>
    public (string Text, string? Address) Definition { get; private set; }

    public MethodDocument? Method { get; private set; }

    /// <summary>The chart of positions, where there are any.</summary>
    public SiteChart? Positions { get; private set; }

    /// <summary>The packages that hold its figures.</summary>
    public IReadOnlyList<PackageView> Packages { get; private set; } = [];

    public IReadOnlyList<string> Notes { get; private set; } = [];

    public IActionResult OnGet(string id)
    {
        if (MeasurementEntries.Find(Site, id) is not { } entry)
        {
            return Missing(Texts.MeasurementMissing.With(Shortened.Of(id)), MeasurementEntries.Of(Site).Where(known => known.Published).DefaultIfEmpty(MeasurementEntries.Of(Site)[0])
                .Select(known => new Suggestion(known.Title.In(Sight.Culture), Links.To(SitePages.Measurement, known.Id))));
        }

        Entry = entry;
        var kind = entry.Measurement is null ? "models" : "measurements";
        Definition = DataFiles.DefinitionText(Site, options, kind, entry.Id) is { } text
            ? (text, DataFiles.DefinitionAddress(kind, entry.Id))
            : (entry.Model is { } model ? ModelYaml.Write(model) : "", null);
        Method = MethodDocuments.Find(MethodDocuments.Measurements + entry.Id) ?? MethodDocuments.Find(MethodDocuments.Methods + (entry.Model?.Kind == ModelKind.PublishedExpectation ? "published-expectation" : "expected-versus-actual"));
        Positions = Diagrams.Make("placeringer", Sight with { Query = Sight.Query.With(SiteQuery.Measurement, entry.Id) });
        Packages = [.. (entry.Package is { } own ? [own] : Site.Publications.Where(package => package.Ids.Contains(entry.Model?.Id ?? ""))).Select(package => new PackageView(package))];
        Notes = [.. NotesOf(entry).Distinct(StringComparer.Ordinal)];
        return Page();
    }

    private IEnumerable<string> NotesOf(MeasurementEntry entry)
    {
        if (entry.Result is { } result)
        {
            var model = new Reports.Measurements.MeasurementModel([result], Site.Definitions, Sight.Culture);
            return result.Notes.Select(note => model.Note(result, note));
        }

        if (entry.Measurement is not null || entry.Benchmark is not { } benchmark)
        {
            return [];
        }

        var (run, names) = (benchmark.Content.Run, benchmark.Model(Sight.Culture).Names);
        return run.Breaks.Select(names.Break).Concat(run.Exclusions.Select(exclusion => Words.Exclusion(exclusion, names))).Concat(run.Notes.Select(note => Words.Note(note, names)));
    }
}
