using Fikspunkt.Domain;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace Fikspunkt.Web.Pages;

/// <summary>A method's page: formula, assumptions, source, limits.</summary>
internal sealed class DataMethodModel : SitePageModel
{
    public override SitePage Place => SitePages.Method;

    public MethodDocument Document { get; private set; } = null!;

    public IActionResult OnGet(string id)
    {
        if (MethodDocuments.Find(MethodDocuments.Methods + id) is not { } document)
        {
            return Missing(Texts.MethodMissing.With(Shortened.Of(id)), [new Suggestion(Texts.MenuData, Links.To(SitePages.Data))]);
        }

        Document = document;
        return Page();
    }
}
