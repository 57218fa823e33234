using Redactor.Files;

namespace Redactor.Reports;

/// <summary>A form in which findings in files are told.</summary>
internal interface IFindingReport : IDisposable
{
    /// <summary>Writes what was found in one file.</summary>
    void Add(FileReport file);

    /// <summary>Ends the report.</summary>
    void Complete();
}
