"""Which mismatches are there between the published files of HTCDS 2.0 and its field standards?

Found by reading the files; a line is place: mismatch: expected | found.
"""

from __future__ import annotations

IN_DEFINITIONS = """
Field_Standards K19: BLANKS: Feminine | Feminine⍽
Field_Standards K19: BLANKS: Masculine | Masculine⍽
Field_Standards K19: BLANKS: Transgender Feminine | Transgender Feminine⍽
Field_Standards K19: BLANKS: Transgender Masculine | Transgender Masculine⍽
Field_Standards K19: BLANKS: Non-Conforming | Non-Conforming⍽
Field_Standards A39: SEVERAL_LINES: Person - Victim Context | Person - ⏎Victim Context
Field_Standards B40: DEPRECATED:  | vic_AgreementToManagePersonalData
Field_Standards J43: DOUBTFUL_CODE: Unacquainted | Unaquainted
Field_Standards K48: BLANKS: Debt bondage | Debt bondage·
Field_Standards J48: BLANKS: DebtBondage | DebtBondage·
Field_Standards B54: DEPRECATED:  | vic_Vulnerabilities
Field_Standards B55: DEPRECATED:  | vic_DetailsOfVulnerabilities
Field_Standards A56: SEVERAL_LINES: Person - Perpetrator Context | Person - ⏎Perpetrator Context
Field_Standards H59: NO_TYPE:  | per_Organisation
Field_Standards J93: SEVERAL_LINES:  | spl_Type
Field_Standards K93: SEVERAL_LINES:  | spl_Type
Field_Standards F97: NO_FIELD:  | EXAMPLE QUESTION Is the Individual’s nationality, race or ethnicity a risk factor in this context?
Field_Standards F98: NO_FIELD:  | EXAMPLE QUESTION Is the Individual’s sexual orientation a risk factor in this context?
Field_Standards F99: NO_FIELD:  | EXAMPLE QUESTION Is the Individual’s age a risk factor in this context?
Field_Standards F101: NO_FIELD:  | EXAMPLE QUESTION Is the household source of income a risk factor in this context?
Field_Standards F102: NO_FIELD:  | EXAMPLE QUESTION Is violence or abuse in the household a risk factor in this context?
Field_Standards F103: NO_FIELD:  | EXAMPLE QUESTION Is preferential treatment or discrimination in the household a risk factor in this context?
Field_Standards F105: NO_FIELD:  | EXAMPLE QUESTION Is the community's access to appropriate law enforcement a risk factor in this context?
Field_Standards F106: NO_FIELD:  | EXAMPLE QUESTION Is the community's ability to implement local governance or collective action a risk factor in this context?
Field_Standards F107: NO_FIELD:  | EXAMPLE QUESTION Is the community's access to education services a risk factor in this context?
"""

IN_FORM = """
survey B2: UNKNOWN_FIELD:  | start
survey B3: UNKNOWN_FIELD:  | end
survey D4: NOT_REQUIRED: true | false
survey D5: NOT_REQUIRED: true | false
survey B6: RENAMED: prs_FirstName | prs_First_Name
survey D6: NOT_REQUIRED: true | false
survey B7: RENAMED: prs_SecondName | prs_Second_Name
survey D7: NOT_REQUIRED: true | false
survey D8: NOT_REQUIRED: true | false
survey D9: NOT_REQUIRED: true | false
survey A10: ONE_FOR_MANY: select_multiple | select_one
survey D10: NOT_REQUIRED: true | false
survey C11: WRONG_LABEL: Title | Second Name
survey D11: NOT_REQUIRED: true | false
survey D12: NOT_REQUIRED: true | false
survey D13: NOT_REQUIRED: true | false
survey D14: NOT_REQUIRED: true | false
survey D15: NOT_REQUIRED: true | false
survey D16: NOT_REQUIRED: true | false
survey D17: NOT_REQUIRED: true | false
survey D18: NOT_REQUIRED: true | false
survey D19: NOT_REQUIRED: true | false
survey D20: NOT_REQUIRED: true | false
survey D21: NOT_REQUIRED: true | false
survey D22: NOT_REQUIRED: true | false
survey D23: NOT_REQUIRED: true | false
survey B24: RENAMED: vic_MethodsOfControl | vic_Methods_of_Control
survey D24: NOT_REQUIRED: true | false
survey D25: NOT_REQUIRED: true | false
survey A26: MANY_FOR_ONE: select_one | select_multiple
survey D26: NOT_REQUIRED: true | false
survey D27: NOT_REQUIRED: true | false
survey D28: NOT_REQUIRED: true | false
survey D29: NOT_REQUIRED: true | false
survey D30: NOT_REQUIRED: true | false
survey D31: NOT_REQUIRED: true | false
survey D32: NOT_REQUIRED: true | false
survey A33: OTHER_TYPE: select_one | text
survey D33: NOT_REQUIRED: true | false
survey D34: NOT_REQUIRED: true | false
survey B35: UNKNOWN_FIELD:  | __version__
survey 1: CORE_MISSING: cas_ReasonForCaseClosure |
survey 1: CORE_MISSING: cas_CaseOwner |
survey 1: CORE_MISSING: cas_ReferredOrganisation |
survey 1: CORE_MISSING: cas_ReferredPrimaryCaseWorker |
survey 1: CORE_MISSING: cas_ReasonForOutgoingReferral |
survey 1: CORE_MISSING: cas_OutgoingReferralDate |
survey 1: CORE_MISSING: cas_OutgoingReferralDetails |
choices C2: BLANKS: Feminine | Feminine⍽
choices C3: BLANKS: Masculine | Masculine⍽
choices C4: BLANKS: Transgender Feminine | Transgender Feminine⍽
choices C5: BLANKS: Transgender Masculine | Transgender Masculine⍽
choices C6: BLANKS: Non-Conforming | Non-Conforming⍽
choices B270: BLANKS: DebtBondage | DebtBondage·
choices C270: BLANKS: Debt bondage | Debt bondage·
"""

IN_HEADINGS = """
Case Sheet N1: CONTRADICTION: prs_MailingCity: Mailing City | Mailing Street
Case Sheet O1: CONTRADICTION: prs_MailingCountry: Mailing Country | Mailing City
Case Sheet Q1: CONTRADICTION: prs_MailingStreet: Mailing Street | Mailing Zip/Postal Code
Case Sheet R1: CONTRADICTION: prs_MailingPostalCode: Mailing Zip/Postal Code | Mailing Country
Case Sheet T1: RENAMED: vic_TraffickingStatusDecisionMakingOrg | vic_TraffickinStatusDecisionMakingOrg
Case Sheet AJ1: NAME_MISSING: cas_ReasonForOutgoingReferral | Reason for Outgoing Referral
"""

IN_LOOKUPS = """
validation C3: UNKNOWN_LIST:  | Date Start
validation E4–252: LABEL_FOR_CODE: AF…ZW | Afghanistan…Zimbabwe
validation F4: LABEL_FOR_CODE: AtAPlaceOfBusiness | At a place of business
validation F5: LABEL_FOR_CODE: AtAnEducationalInstitution | At an educational institution
validation F6: LABEL_FOR_CODE: AtWork | At work
validation F7: LABEL_FOR_CODE: ThroughOnlineSocialNetworks | Through online social networks
validation F8: LABEL_FOR_CODE: ThroughAnOnlineAdvertisement | Through an online advertisement
validation F9: LABEL_FOR_CODE: ThroughATelevisionAdvert | Through a television advert
validation F10: LABEL_FOR_CODE: ThroughANewspaperAdvert | Through a newspaper advert
validation F11: LABEL_FOR_CODE: ThroughFamilyOrFamilyEvents | Through family or family events
validation F12: LABEL_FOR_CODE: ThroughFriendsOrSocialEvents | Through friends or social events
validation G4: LABEL_FOR_CODE: PhysicalThreats | Physical threats
validation G5: LABEL_FOR_CODE: ThreatsLawEnforcement | Threats of law enforcement
validation G6: LABEL_FOR_CODE: ThreatensChildrenFamily | Threatens children/family
validation G7: BLANKS: Debt bondage | Debt bondage·
validation G7: LABEL_FOR_CODE: DebtBondage | Debt bondage
validation G8: LABEL_FOR_CODE: FalsePromises | False promises
validation G9: LABEL_FOR_CODE: PhysicalAbuse | Physical abuse
validation G10: LABEL_FOR_CODE: SexualAbuse | Sexual abuse
validation G11: LABEL_FOR_CODE: TakesEarnings | Takes earnings
validation G12: LABEL_FOR_CODE: RestrictsFinancialAccess | Restricts financial access
validation G13: LABEL_FOR_CODE: RestrictsMedicalCare | Restricts medical care
validation G14: LABEL_FOR_CODE: WithholdsNecessities | Withholds necessities
validation G15: LABEL_FOR_CODE: PsychologicalAbuse | Psychological abuse
validation G16: LABEL_FOR_CODE: PsychoactiveSubstance | Psychoactive substance
validation G17: LABEL_FOR_CODE: ExcessiveWorkingHours | Excessive working hours
validation G18: LABEL_FOR_CODE: WithholdsDocuments | Withholds documents
validation H4: LABEL_FOR_CODE: ForcedLabour | Forced labour
validation H5: LABEL_FOR_CODE: SexualExploitation | Sexual exploitation
validation H6: LABEL_FOR_CODE: ChildLabour | Child labour
validation H7: LABEL_FOR_CODE: ForcedMarriage | Forced marriage
validation H9: LABEL_FOR_CODE: ForcedMilitaryByNonStateActors | Forced military (by non-state actors)
validation H10: LABEL_FOR_CODE: OrganRemoval | Organ removal
validation H11: LABEL_FOR_CODE: ForcedBegging | Forced begging
validation H12: LABEL_FOR_CODE: ForcedAdoption | Forced adoption
validation I4: LABEL_FOR_CODE: A_AgricultureForestryAndFishing | Agriculture, forestry and fishing
validation I5: LABEL_FOR_CODE: B_MiningAndQuarrying | Mining and quarrying
validation I6: LABEL_FOR_CODE: C_Manufacturing | Manufacturing
validation I7: LABEL_FOR_CODE: D_ElectricityGasSteamAndAirConditioningSupply | Electricity, gas, steam and air conditioning supply
validation I8: LABEL_FOR_CODE: E_WaterSupplySewerageWasteManagement | Water supply; sewerage, waste management and remediation
validation I9: LABEL_FOR_CODE: F_Construction | Construction
validation I10: LABEL_FOR_CODE: G_WholesaleAndRetailTradeRepairOfMotorVehicles | Wholesale and retail trade; repair of motor vehicles and motorcycles
validation I11: LABEL_FOR_CODE: H_TransportationAndStorage | Transportation and storage
validation I12: LABEL_FOR_CODE: I_AccommodationAndFoodServiceActivities | Accommodation and food service activities
validation I13: LABEL_FOR_CODE: J_InformationAndCommunication | Information and communication
validation I14: LABEL_FOR_CODE: K_FinancialAndInsuranceActivities | Financial and insurance activities
validation I15: LABEL_FOR_CODE: L_RealEstateActivities | Real estate activities
validation I16: LABEL_FOR_CODE: M_ProfessionalScientificAndTechnicalActivities | Professional, scientific and technical activities
validation I17: LABEL_FOR_CODE: N_AdministrativeAndSupportServiceActivities | Administrative and support service activities
validation I18: LABEL_FOR_CODE: O_PublicAdministrationAndDefence | Public administration and defence; compulsory social security
validation I19: LABEL_FOR_CODE: P_Education | Education
validation I20: LABEL_FOR_CODE: Q_HumanHealthAndSocialWorkActivities | Human health and social work activities
validation I21: LABEL_FOR_CODE: R_ArtsEntertainmentAndRecreation | Arts, entertainment and recreation
validation I22: LABEL_FOR_CODE: S_OtherServiceActivities | Other service activities
validation I23: LABEL_FOR_CODE: T_ActivitiesOfHouseholdsAsEmployers | Activities of households as employers; undifferentiated goods- and services- producing activities of households for own use
validation I24: LABEL_FOR_CODE: U_ActivitiesOfExtraterritorialOrganizations | Activities of extraterritorial organizations and bodies
validation J6: LABEL_FOR_CODE: RemoteInteractiveServices | Remote Interactive Services
validation J7: LABEL_FOR_CODE: PrivateSexualServices | Private Sexual Services
validation K3: DEPRECATED:  | vic_Vulnerabilities
validation K5: LABEL_FOR_CODE: SocialGroup | Social Group
validation K8: LABEL_FOR_CODE: DisabilityAndPhysicalHealth | Disability and physical health
validation K9: LABEL_FOR_CODE: MentalHealth | Mental health
validation K12: LABEL_FOR_CODE: AbuseSocialMedia | Abuse - social media
validation K13: LABEL_FOR_CODE: AbusePhysical | Abuse - physical
validation K15: LABEL_FOR_CODE: WorkEnvironment | Work environment
validation L5: LABEL_FOR_CODE: FollowUp | Follow up
validation L5: OTHER_SPELLING: Follow Up | Follow up
validation L7: LABEL_FOR_CODE: ClosedReferred | Closed Referred
validation M4: LABEL_FOR_CODE: AdditionalServicesRequired | Additional Services Required
validation M5: LABEL_FOR_CODE: MigrationOrChangeOfLocation | Migration Or Change Of Location
validation M5: OTHER_SPELLING: Migration or Change of Location | Migration Or Change Of Location
validation N4: LABEL_FOR_CODE: AdditionalServicesRequired | Additional Services Required
validation N5: LABEL_FOR_CODE: MigrationOrChangeOfLocation | Migration Or Change Of Location
validation N5: OTHER_SPELLING: Migration or Change of Location | Migration Or Change Of Location
validation O4: LABEL_FOR_CODE: PossibleVictimOfTrafficking | Possible victim of trafficking
validation O5: LABEL_FOR_CODE: ActualVictimOfTrafficking | Actual victim of trafficking
validation O6: LABEL_FOR_CODE: NotAVictimOfTrafficking | Not a victim of trafficking
validation P6: LABEL_FOR_CODE: CourtOrProsecution | Court or prosecution
validation P7: LABEL_FOR_CODE: NonPoliceGovernmentalOrganization | Non-police governmental organization
"""
