using System.Text.Json.Nodes;
using Fikspunkt.Domain;
using Fikspunkt.Sources;
using Fikspunkt.Statistics.Regression;
using Fikspunkt.Testing;

namespace Fikspunkt.Methods.Tests;

/// <summary>The regressions give what the library gives, under the names of the field.</summary>
public sealed class RegressionMethodTests
{
    private static readonly TextTable Areas = TextTableFile.Read(RepositoryFiles.Path("docs", "examples", "conditions.csv"));

    [Fact]
    public void LinearRegression_WithClusterAndFits_IsTheLibrarys()
    {
        var result = Run("linear-regression", ("response", "benefit_pct"), ("covariates", "education,log(income)"), ("weights", "persons"), ("cluster", "province"), ("group", "province"), ("fits", "{\"plain\":\"unweighted\",\"by_size\":\"weighted\"}"));
        var input = Input(("covariates", "education,log(income)"), ("response", "benefit_pct"), ("cluster", "province"));
        var x = input.Columns("covariates", intercept: true);
        var clusters = input.Groups("cluster").Codes;
        foreach (var (name, weights) in new[] { ("plain", Array.Empty<double>()), ("by_size", input.Numbers("persons")) })
        {
            var fit = LinearRegression.Fit(x, input.Column("response"), weights);
            var own = (Quantities)result[name]!;
            Values(own["coefficients"]).ShouldBe(fit.Coefficients);
            Values(own["se_hc0"]).ShouldBe(fit.Covariance(CovarianceKind.Hc0).RootDiagonal());
            Values(own["se_cr1"]).ShouldBe(fit.ClusterCovariance(clusters).Covariance.RootDiagonal());
            Values(own["se_cr2"]).ShouldBe(fit.ClusterCovariance(clusters, ClusterKind.Cr2).Covariance.RootDiagonal());
            own["df_cluster"].ShouldBe(5);
            ((double[])((Quantities)own["leave_group_out"]!)["fitted"]!).ShouldBe(fit.LeaveGroupOut(clusters).Fitted);
        }

        ((string[])result["terms"]!).ShouldBe(["(Intercept)", "education", "log_income"]);
    }

    [Theory]
    [InlineData("{\"plain\": \"unweighted\", \"by_size\": \"persons\"}", "plain", "by_size")]
    [InlineData("unweighted, persons", "ols", "persons")]
    public void LinearRegression_FitsAsTyped_AreNamed(string fits, string first, string second)
    {
        var input = new MethodInput(Areas, [new("response", "benefit_pct"), new("covariates", "education"), new("fits", fits)]);
        var result = Catalogue.Run(Catalogue.Find("linear-regression"), input);
        var weighted = Run("linear-regression", ("response", "benefit_pct"), ("covariates", "education"), ("weights", "persons"));
        Values(((Quantities)result[second]!)["coefficients"]).ShouldBe(Values(weighted["coefficients"]));
        result.Has(first).ShouldBeTrue();
    }

    [Theory]
    [InlineData("{\"ols\": 3}")]
    [InlineData("{\"ols\"")]
    [InlineData("no_such_column")]
    public void LinearRegression_FitsThatCannotBe_AreRefused(string fits) =>
        Should.Throw<InputException>(() => Catalogue.Run(Catalogue.Find("linear-regression"), new MethodInput(Areas, [new("response", "benefit_pct"), new("covariates", "education"), new("fits", fits)])))
            .Problems[0].ToString().ShouldContain("fits");

    [Fact]
    public void LinearRegression_NoFits_IsWeightedWhereWeightsAreGiven()
    {
        var result = Run("linear-regression", ("response", "benefit_pct"), ("covariates", "education"), ("weights", "persons"));
        var input = Input(("covariates", "education"), ("response", "benefit_pct"));
        Values(result["coefficients"]).ShouldBe(LinearRegression.Fit(input.Columns("covariates", intercept: true), input.Column("response"), input.Numbers("persons")).Coefficients);
        Values(Run("linear-regression", ("response", "benefit_pct"), ("covariates", "education"), ("intercept", "false"))["coefficients"]).Length.ShouldBe(1);
    }

    [Fact]
    public void FractionalLogit_IsTheLibrarys()
    {
        var result = Run("fractional-logit", ("response", "benefit_pct/100"), ("covariates", "education"), ("weights", "persons"), ("cluster", "province"), ("group", "province"));
        var input = Input(("covariates", "education"), ("response", "benefit_pct/100"), ("cluster", "province"));
        var fit = FractionalLogit.Fit(input.Columns("covariates", intercept: true), input.Column("response"), input.Numbers("persons"));
        Values(result["coefficients"]).ShouldBe(fit.Coefficients);
        Values(result["se_robust_hc0"]).ShouldBe(fit.CovarianceHc0.RootDiagonal());
        Values(result["se_cr0"]).ShouldBe(fit.ClusterCovariance(input.Groups("cluster").Codes, ClusterKind.Cr0).Covariance.RootDiagonal());
        ((double[])result["loo_fitted"]!).ShouldBe(fit.LeaveOneOut().Fitted);
    }

    [Theory]
    [InlineData("poisson", "log", GlmFamily.Poisson)]
    [InlineData("quasipoisson", "canonical", GlmFamily.QuasiPoisson)]
    public void Glm_WithOffset_IsTheLibrarys(string family, string link, GlmFamily expected)
    {
        var result = Run("glm", ("response", "exits"), ("covariates", "education"), ("family", family), ("link", link), ("offset", "log(person_weeks)"));
        var input = Input(("covariates", "education"), ("response", "exits"));
        var fit = GeneralizedLinearModel.Fit(input.Columns("covariates", intercept: true), input.Column("response"), new GlmOptions(expected), offset: input.Numbers("log(person_weeks)"));
        Values(result["coefficients"]).ShouldBe(fit.Coefficients);
        Values(result["se"]).ShouldBe(fit.Covariance.RootDiagonal());
        Values(result["se_hc0"]).ShouldBe(fit.RobustCovariance(CovarianceKind.Hc0).RootDiagonal());
        result["deviance"].ShouldBe(fit.Deviance);
        ((double)result["null_deviance"]!).ShouldBeGreaterThan(fit.Deviance);
        result["dispersion"].ShouldBe(fit.Dispersion);
    }

    [Fact]
    public void Glm_AgainstR_Agrees()
    {
        // R 4.2.2: glm(exits ~ education + log(income) + offset(log(person_weeks)), family = quasipoisson, control = glm.control(epsilon = 1e-14)),
        // sqrt(diag(vcov(m))), deviance(m), m$null.deviance, summary(m)$dispersion, hatvalues(m)[1:3]; logLik with family = poisson.
        (string, string)[] model = [("response", "exits"), ("covariates", "education,log(income)"), ("offset", "log(person_weeks)")];
        var result = Run("glm", [.. model, ("family", "quasipoisson")]);
        Values(result["coefficients"]).ShouldBe([-5.96168927277050, 0.00418821816613, 0.14497829062446], 1e-11);
        Values(result["se"]).ShouldBe([1.54529454872979, 0.00290950188744, 0.12339795597024], 1e-10);
        ((double)result["deviance"]!).ShouldBe(233.8971850470, 1e-9);
        ((double)result["null_deviance"]!).ShouldBe(269.0679106909, 1e-9);
        ((double)result["dispersion"]!).ShouldBe(10.2378157689, 1e-7);
        ((double[])result["leverage"]!)[..3].ShouldBe([0.1222070084974, 0.1122665102484, 0.0262822686527], 1e-9);
        ((double)Run("glm", [.. model, ("family", "poisson")])["loglik"]!).ShouldBe(-229.270609403, 1e-8);
    }

    [Fact]
    public void LinearRegression_ClusterErrorsAgainstR_Agree()
    {
        // R 4.2.2: u <- model.matrix(l) * residuals(l) * w; G/(G-1) (N-1)/(N-k) A rowsum(u, province)'rowsum(u, province) A with A = (X'WX)^-1.
        var result = Run("linear-regression", ("response", "benefit_pct"), ("covariates", "education,log(income)"), ("weights", "persons"), ("cluster", "province"));
        Values(result["se_cr1"]).ShouldBe([5.1235337501344, 0.0242241615359, 0.3709530691657], 1e-9);
    }

    [Fact]
    public void Glm_LinkThatDoesNotFit_IsRefused()
    {
        var problem = Should.Throw<InputException>(() => Run("glm", ("response", "exits"), ("covariates", "education"), ("family", "poisson"), ("link", "logit"))).Problems[0];
        (problem.Found, problem.Expected).ShouldBe(("logit", "log"));
    }

    [Fact]
    public void SufficientStatistics_ByGroup_IsTheRegression()
    {
        var result = Run("sufficient-statistics", ("response", "benefit_pct"), ("covariates", "education,log(income)"), ("weights", "persons"), ("group", "province"));
        var rows = Run("linear-regression", ("response", "benefit_pct"), ("covariates", "education,log(income)"), ("weights", "persons"), ("group", "province"));
        Values(result["coefficients"]).ShouldBe(Values(rows["coefficients"]), 1e-9);
        Values(result["se_classical"]).ShouldBe(Values(rows["se_classical"]), 1e-9);
        var (left, refitted) = ((Quantities)((Quantities)result["leave_group_out"]!)["coefficients"]!, (Quantities)((Quantities)rows["leave_group_out"]!)["coefficients"]!);
        left.Count.ShouldBe(6);
        foreach (var (province, coefficients) in left)
        {
            Values(coefficients).ShouldBe(Values(refitted[province]), 1e-9);
        }
    }

    [Fact]
    public void LinearRegression_OneCluster_IsRefusedInPlainWords()
    {
        var table = Areas with { Cells = [.. Areas.Cells.Select((column, place) => Areas.Columns[place] == "province" ? [.. column.Select(_ => "one")] : column)] };
        Should.Throw<InputException>(() => Catalogue.Run(Catalogue.Find("linear-regression"), new MethodInput(table, Settings(("response", "benefit_pct"), ("covariates", "education"), ("cluster", "province")))))
            .Problems[0].ToString().ShouldContain("1");
    }

    private static Quantities Run(string method, params (string Name, string Value)[] settings) => Catalogue.Run(Catalogue.Find(method), Input(settings));

    private static MethodInput Input(params (string Name, string Value)[] settings) => new(Areas, Settings(settings));

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Settings(params (string Name, string Value)[] settings) =>
        settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value.StartsWith('{') ? JsonNode.Parse(setting.Value) : JsonValue.Create(setting.Value)));

    private static double[] Values(object? quantities) => [.. ((Quantities)quantities!).Select(entry => (double)entry.Value!)];
}
