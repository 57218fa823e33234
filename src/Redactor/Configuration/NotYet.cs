namespace Redactor.Configuration;

/// <summary>Names that the configuration reserves and this build can't serve: saying so beats "unknown key".</summary>
internal static class NotYet
{
    public static void Refuse(YamlSection section, string key, string what, string instead)
    {
        if (section.Find(key) is not null)
        {
            section.Mistake(key, $"this build does not have {what} yet; remove '{section.PathOf(key)}' ({instead})");
        }
    }
}
