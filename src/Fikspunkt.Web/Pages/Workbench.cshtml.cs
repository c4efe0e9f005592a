using Fikspunkt.Definitions;
using Fikspunkt.Web.Charts;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;
using Microsoft.AspNetCore.Http;

namespace Fikspunkt.Web.Pages;

/// <summary>A published model with other choices, fitted on the server and laid beside it.</summary>
internal sealed class WorkbenchModel : SitePageModel
{
    public override SitePage Place => SitePages.Workbench;

    /// <summary>The choices; <see langword="null"/> where no model is published that could be varied.</summary>
    public WorkbenchChoice? Choice { get; private set; }

    public IReadOnlyList<BenchmarkView> Bases { get; private set; } = [];

    /// <summary>What came of the fit; <see langword="null"/> before one is asked for.</summary>
    public FitAnswer? Answer { get; private set; }

    public WorkbenchComparison? Comparison { get; private set; }

    public SiteChart? Ranks { get; private set; }

    /// <summary>The draft as a definition file.</summary>
    public string Draft { get; private set; } = "";

    public async Task OnGetAsync()
    {
        Bases = WorkbenchChoice.Bases(Site);
        Choice = WorkbenchChoice.Of(Site, Sight.Query);
        if (Choice is null || Sight.Query.First(SiteQuery.Compute) is null)
        {
            return;
        }

        Draft = ModelYaml.Write(Choice.Spec());
        Answer = await WorkbenchFits.Of(Site, Choice);
        if (Answer.Run is { } run)
        {
            Comparison = WorkbenchComparison.Of(Choice.Base.Content.Run, run, Choice.Outcome);
            Ranks = WorkbenchDiagrams.Ranks(Sight, Choice, Comparison) with { Query = Sight.Query };
        }
        else if (Answer.State is FitState.Busy or FitState.Slow or FitState.Stopped)
        {
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            Response.Headers.RetryAfter = "15";
        }
    }
}
